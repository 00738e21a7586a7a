import Records
import Signing
import Testing

@Suite("DSSE envelopes")
struct EnvelopeTests {
  let payload = Array(#"{"said":"something"}"#.utf8)

  func sign(_ key: borrowing PrivateKey, keyID: String? = nil) throws -> DSSEEnvelope {
    try DSSEEnvelope.signing(payloadType: "a/b", payload: payload, with: key, keyID: keyID)
  }

  @Test("the pre-authentication encoding counts bytes")
  func encoding() {
    let encoding = DSSEEnvelope.preAuthenticationEncoding(payloadType: "é", payload: [0, 0xFF])
    #expect(encoding == Array("DSSEv1 2 é 2 ".utf8) + [0, 0xFF])
    let published = DSSEEnvelope.preAuthenticationEncoding(
      payloadType: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(
      String(decoding: published, as: UTF8.self)
        == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
  }

  @Test("a signed envelope is read back and verifies for the trusted key only")
  func roundTrip() throws {
    let key = try PrivateKey.generate()
    let other = try PrivateKey.generate()
    let envelope = try sign(key)
    let again = try DSSEEnvelope(parsing: envelope.text)
    #expect(again == envelope)
    #expect(again.text == envelope.text)
    #expect(try again.verify(trusted: [other.publicKey, key.publicKey]) == [key.publicKey])
    #expect(throws: SigningError.envelope(.noTrustedSignature)) {
      try again.verify(trusted: [other.publicKey])
    }
    #expect(throws: SigningError.envelope(.noTrustedSignature)) { try again.verify(trusted: []) }
    let unsigned = DSSEEnvelope(payloadType: "a/b", payload: payload, signatures: [])
    #expect(throws: SigningError.envelope(.notSigned)) {
      try unsigned.verify(trusted: [key.publicKey])
    }
  }

  @Test("every signature that claims a trusted key must verify; strangers are passed over")
  func severalSignatures() throws {
    let key = try PrivateKey.generate()
    let second = try PrivateKey.generate()
    let stranger = try PrivateKey.generate()
    let good = try sign(key).signatures[0]
    let bad = DSSEEnvelope.Signature(bytes: good.bytes, keyID: second.publicKey.hint)
    let strange = try sign(stranger).signatures[0]
    let trusted = [key.publicKey, second.publicKey]
    func envelope(_ signatures: [DSSEEnvelope.Signature]) -> DSSEEnvelope {
      DSSEEnvelope(payloadType: "a/b", payload: payload, signatures: signatures)
    }
    #expect(try envelope([strange, good]).verify(trusted: trusted) == [key.publicKey])
    #expect(throws: SigningError.envelope(.badSignature(index: 1))) {
      try envelope([good, bad]).verify(trusted: trusted)
    }
    let both = try envelope([sign(second).signatures[0], good])
    #expect(try both.verify(trusted: trusted) == trusted)
    let anonymous = try envelope([sign(second, keyID: "").signatures[0]])
    #expect(try anonymous.verify(trusted: trusted) == [second.publicKey])
    #expect(throws: SigningError.envelope(.badSignature(index: 0))) {
      try envelope([sign(stranger, keyID: "").signatures[0], good]).verify(trusted: trusted)
    }
  }

  @Test("two signers, one of each kind, sign one text; each is found, and neither can be spoiled")
  func twoSigners() throws {
    let first = try PrivateKey.generate(.p256)
    let second = try PrivateKey.generate(.ed25519)
    let trusted = [first.publicKey, second.publicKey]
    let envelope = try DSSEEnvelope(parsing: sign(first).adding(signatureBy: second).text)
    #expect(try envelope.verify(trusted: trusted) == trusted)
    #expect(try envelope.verify(trusted: trusted.reversed()) == trusted.reversed())
    for key in trusted { #expect(try envelope.verify(trusted: [key]) == [key]) }
    for index in 0...1 {
      var signatures = envelope.signatures
      var bytes = signatures[index].bytes
      bytes[bytes.count - 1] ^= 1
      signatures[index] = .init(bytes: bytes, keyID: signatures[index].keyID)
      let spoiled = DSSEEnvelope(
        payloadType: envelope.payloadType, payload: envelope.payload, signatures: signatures)
      #expect(throws: SigningError.envelope(.badSignature(index: index))) {
        try spoiled.verify(trusted: trusted)
      }
    }
  }

  @Test(
    "what is not strictly an envelope is refused with its place",
    arguments: [
      (
        #"{"payload":"","payloadType":"t"}"#, DocumentFlaw.missing(at: "envelope.signatures")
      ),
      (
        #"{"payload":"","payloadType":"t","signatures":[],"more":1}"#,
        .unexpected(at: "envelope.more")
      ),
      (
        #"{"payload":"Zg","payloadType":"t","signatures":[]}"#,
        .notBase64(at: "envelope.payload", .wrongLength(2))
      ),
      (
        #"{"payload":"","payloadType":7,"signatures":[]}"#,
        .notOfType(at: "envelope.payloadType", expected: "a string")
      ),
      ("[]", .notOfType(at: "envelope", expected: "an object")),
      (
        #"{"payload":"","payloadType":"t","signatures":[{"sig":"","x":1}]}"#,
        .unexpected(at: "envelope.signatures[0].x")
      ),
    ])
  func refusals(_ text: String, _ flaw: DocumentFlaw) {
    #expect(throws: SigningError.document(flaw)) { try DSSEEnvelope(parsing: Array(text.utf8)) }
  }

  @Test("a name said twice is refused, however it is spelled")
  func duplicates() throws {
    for name in ["payload", #"p\u0061yload"#] {
      let text = #"{"payload":"","\#(name)":"","payloadType":"t","signatures":[]}"#
      let error = #expect(throws: SigningError.self) {
        try DSSEEnvelope(parsing: Array(text.utf8))
      }
      #expect(error?.description.contains("duplicate name 'payload'") == true)
    }
  }

  @Test("an absent, null or empty key id are one; an envelope over 16 MiB is not read")
  func limits() throws {
    for id in ["", #""keyid":null,"#, #""keyid":"","#] {
      let text = #"{"payload":"","payloadType":"t","signatures":[{\#(id)"sig":""}]}"#
      #expect(try DSSEEnvelope(parsing: Array(text.utf8)).signatures[0].keyID == "")
    }
    let long = [UInt8](repeating: 0x20, count: DSSEEnvelope.sizeLimit + 1)
    let flaw = DocumentFlaw.tooLarge(what: "envelope", limit: DSSEEnvelope.sizeLimit)
    #expect(throws: SigningError.document(flaw)) { try DSSEEnvelope(parsing: long) }
  }

  @Test("a changed or missing byte is refused or changes nothing that is said")
  func changes() throws {
    let key = try PrivateKey.generate()
    let envelope = try sign(key)
    for text in mutations(of: envelope.text) {
      guard let read = try? DSSEEnvelope(parsing: text),
        (try? read.verify(trusted: [key.publicKey])) != nil
      else { continue }
      #expect(read.payload == payload && read.payloadType == "a/b")
    }
  }

  @Test("a file of envelopes is read back, and not one byte of it can be another")
  func lines() throws {
    let key = try PrivateKey.generate()
    let second = try PrivateKey.generate()
    let envelopes = try [sign(key), sign(key).adding(signatureBy: second)]
    let trusted = [key.publicKey, second.publicKey]
    let text = DSSEEnvelope.lines(envelopes)
    #expect(try DSSEEnvelope.parse(lines: text) == envelopes)
    #expect(try envelopes[1].verify(trusted: trusted) == trusted)
    for changed in mutations(of: text) + [text.dropLast() + [0x20], text + [0x0A], text + [0x20]] {
      let signers = try? DSSEEnvelope.parse(lines: changed).map { try $0.verify(trusted: trusted) }
      #expect(signers != [[key.publicKey], trusted])
    }
    #expect(throws: SigningError.envelope(.noEnvelope)) { try DSSEEnvelope.parse(lines: []) }
    let spaced = Array("{ \(String(decoding: text.dropFirst(), as: UTF8.self))".utf8)
    #expect(throws: SigningError.envelope(.notCanonical(line: 1))) {
      try DSSEEnvelope.parse(lines: spaced)
    }
    #expect(throws: SigningError.envelope(.notCanonical(line: 2))) {
      try DSSEEnvelope.parse(lines: text.dropLast())
    }
  }

  @Test("the openssl program accepts our signature over the encoding", .enabled(if: hasOpenSSL))
  func openssl() throws {
    let directory = try TemporaryDirectory()
    let key = try PrivateKey.generate()
    let envelope = try sign(key)
    try directory.write("pae", envelope.preAuthenticationEncoding)
    try directory.write("sig", envelope.signatures[0].bytes)
    try directory.write("pub.pem", Array(key.publicKey.pem.utf8))
    func verify() throws -> Int32 {
      let arguments = [
        "dgst", "-sha256", "-verify", directory.path("pub.pem"), "-signature",
        directory.path("sig"), directory.path("pae"),
      ]
      return try run(opensslPath, arguments).status
    }
    #expect(try verify() == 0)
    try directory.write("pae", envelope.preAuthenticationEncoding + [0])
    #expect(try verify() != 0)
  }

  @Test("the published vector has our encoding and verifies", .enabled(if: Vectors.arePresent))
  func vector() throws {
    let vector = try Vectors.json("dsse/vector.json")
    let type = try #require(vector["payloadType"]?.string)
    let body = try Base64.decode(try #require(vector["payload"]?.string))
    let pem = try #require(vector["public_key_pem"]?.string)
    let key = try PublicKey(pem: Array(pem.utf8))
    #expect(key.pem == pem)
    func envelope(_ name: String) throws -> DSSEEnvelope {
      let signature = try Base64.decode(try #require(vector[name]?.string))
      return DSSEEnvelope(
        payloadType: type, payload: body, signatures: [.init(bytes: signature, keyID: "")])
    }
    let der = try envelope("sig_der_b64")
    #expect(Hexadecimal.encode(der.preAuthenticationEncoding) == vector["pae_hex"]?.string)
    #expect(try der.verify(trusted: [key]) == [key])
    #expect(throws: SigningError.envelope(.badSignature(index: 0))) {
      try envelope("sig_raw_b64").verify(trusted: [key])
    }
  }

  @Test("the published encodings are ours", .enabled(if: Vectors.arePresent))
  func encodings() throws {
    let cases = try #require(try Vectors.json("dsse/pae_cases.json").array)
    #expect(cases.count == 6)
    for value in cases {
      let type = try #require(value["type"]?.string)
      let body = try #require(Hexadecimal.decode(value["body_hex"]?.string ?? "x"))
      let encoding = DSSEEnvelope.preAuthenticationEncoding(payloadType: type, payload: body)
      #expect(Hexadecimal.encode(encoding) == value["pae_hex"]?.string)
    }
  }
}
