import Records
import Signing
import Testing

@Suite("DSSE envelopes with two signers")
struct EnvelopeSignersTests {
  let payload = Array(#"{"said":"something"}"#.utf8)

  func envelope(
    _ first: borrowing PrivateKey, _ second: borrowing PrivateKey
  ) throws -> DSSEEnvelope {
    try DSSEEnvelope.signing(payloadType: "a/b", payload: payload, with: first)
      .adding(signatureBy: second)
  }

  @Test("either signer vouches alone, both in the order in which they are trusted")
  func signers() throws {
    let first = try PrivateKey.generate(.ed25519)
    let second = try PrivateKey.generate()
    let both = try envelope(first, second)
    #expect(both.signatures.map(\.keyID) == [first.publicKey.hint, second.publicKey.hint])
    let read = try DSSEEnvelope(parsing: both.text)
    #expect(read == both)
    let keys = [first.publicKey, second.publicKey]
    #expect(try read.verify(trusted: keys) == keys)
    #expect(try read.verify(trusted: keys.reversed()) == keys.reversed())
    for key in keys { #expect(try read.verify(trusted: [key]) == [key]) }
  }

  @Test("the first signature stays as it was when the second is added")
  func adding() throws {
    let first = try PrivateKey.generate(.ed25519)
    let second = try PrivateKey.generate(.ed25519)
    let alone = try DSSEEnvelope.signing(payloadType: "a/b", payload: payload, with: first)
    let both = try alone.adding(signatureBy: second)
    #expect(both.signatures.first == alone.signatures.first && both.signatures.count == 2)
    #expect(both.payload == payload && both.payloadType == "a/b")
    // Ed25519 signs alike every time, so the order of signing shows in the order alone.
    let reversed = try envelope(second, first)
    #expect(reversed.signatures == both.signatures.reversed())
  }

  @Test("a signer who signs twice is one signer")
  func twice() throws {
    let key = try PrivateKey.generate()
    let twice = try envelope(key, key)
    #expect(twice.signatures.count == 2)
    #expect(try twice.verify(trusted: [key.publicKey]) == [key.publicKey])
  }

  @Test("where one of two trusted signatures does not hold, the envelope proves nothing")
  func oneBad() throws {
    let first = try PrivateKey.generate(.ed25519)
    let second = try PrivateKey.generate(.ed25519)
    let both = try envelope(first, second)
    for index in both.signatures.indices {
      var bytes = both.signatures[index].bytes
      bytes[0] ^= 1
      var signatures = both.signatures
      signatures[index] = .init(bytes: bytes, keyID: signatures[index].keyID)
      let bad = DSSEEnvelope(payloadType: "a/b", payload: payload, signatures: signatures)
      #expect(throws: SigningError.envelope(.badSignature(index: index))) {
        try bad.verify(trusted: [first.publicKey, second.publicKey])
      }
      // Who trusts the other alone passes it over.
      let other = index == 0 ? second.publicKey : first.publicKey
      #expect(try bad.verify(trusted: [other]) == [other])
    }
    let swapped = DSSEEnvelope(
      payloadType: "a/b", payload: payload,
      signatures: zip(both.signatures, both.signatures.reversed()).map {
        .init(bytes: $0.bytes, keyID: $1.keyID)
      })
    #expect(throws: SigningError.envelope(.badSignature(index: 0))) {
      try swapped.verify(trusted: [first.publicKey, second.publicKey])
    }
  }

  @Test("neither signature holds for another text or another type")
  func otherTexts() throws {
    let first = try PrivateKey.generate(.ed25519)
    let second = try PrivateKey.generate()
    let both = try envelope(first, second)
    for (type, text) in [("a/c", payload), ("a/b", payload + [0]), ("a/b", [])] {
      let other = DSSEEnvelope(payloadType: type, payload: text, signatures: both.signatures)
      for key in [first.publicKey, second.publicKey] {
        #expect(throws: SigningError.self) { try other.verify(trusted: [key]) }
      }
    }
  }
}
