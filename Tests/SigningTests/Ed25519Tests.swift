import Records
import Signing
import Testing

@Suite("Ed25519 keys")
struct Ed25519Tests {
  /// A test of RFC 8032 section 7.1, in hexadecimal.
  struct Vector: CustomTestStringConvertible {
    let number: Int
    let seed: String
    let key: String
    let message: String
    let signature: String

    var testDescription: String { "TEST \(number)" }
  }

  static let vectors = [
    Vector(
      number: 1, seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
      signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    Vector(
      number: 2, seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
      signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    Vector(
      number: 3, seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
      signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
  ]

  /// What the SubjectPublicKeyInfo begins with (RFC 8410).
  static let prefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]

  /// A private key from its seed, by way of PKCS#8.
  static func key(seed: [UInt8]) throws -> PrivateKey {
    let der = try #require(Hexadecimal.decode("302e020100300506032b657004220420")) + seed
    let pem = "-----BEGIN PRIVATE KEY-----\n\(Base64.encode(der))\n-----END PRIVATE KEY-----\n"
    return try PrivateKey(pem: Array(pem.utf8))
  }

  @Test("the keys and signatures of RFC 8032 are ours", arguments: vectors)
  func published(_ vector: Vector) throws {
    let key = try Self.key(seed: try #require(Hexadecimal.decode(vector.seed)))
    let message = try #require(Hexadecimal.decode(vector.message))
    let signature = try #require(Hexadecimal.decode(vector.signature))
    #expect(key.publicKey.algorithm == .ed25519)
    #expect(key.publicKey.rawEd25519.map(Hexadecimal.encode) == vector.key)
    #expect(try key.signature(for: message) == signature)
    #expect(key.publicKey.isValid(signature: signature, for: message))
    #expect(!key.publicKey.isValid(signature: signature, for: message + [0]))
    for index in signature.indices {
      for bit in 0..<8 {
        var changed = signature
        changed[index] ^= 1 << bit
        #expect(!key.publicKey.isValid(signature: changed, for: message))
      }
    }
    #expect(!key.publicKey.isValid(signature: signature + [0], for: message))
    #expect(!key.publicKey.isValid(signature: Array(signature.dropLast()), for: message))
  }

  @Test("keys go out as PEM and come back")
  func roundTrip() throws {
    let key = try PrivateKey.generate(.ed25519)
    let again = try PrivateKey(pem: key.pem())
    #expect(again.publicKey == key.publicKey)
    #expect(again.pem() == key.pem())
    #expect(try PublicKey(pem: Array(key.publicKey.pem.utf8)) == key.publicKey)
    #expect(key.publicKey.der.count == 44)
    #expect(try again.signature(for: [1]) == key.signature(for: [1]))
  }

  @Test("a public key is exactly the bytes of one, and nothing before, behind or within is another")
  func exactBytes() throws {
    for algorithm in KeyAlgorithm.allCases {
      let key = try PrivateKey.generate(algorithm).publicKey
      let der = key.der
      #expect(try PublicKey(der: der) == key)
      var others = [[], der + [0], [0] + der, Array(der.dropLast()), Array(der.dropFirst())]
      let fixed = der.count - (algorithm == .p256 ? 64 : 32)
      for index in 0..<fixed {
        for bit in 0..<8 {
          var changed = der
          changed[index] ^= 1 << bit
          others.append(changed)
        }
      }
      for other in others {
        #expect(throws: SigningError.key(.noPublicKey)) { try PublicKey(der: other) }
      }
    }
    // The same point, compressed; the same key, its length spelled in two bytes.
    let point = try PrivateKey.generate(.p256).publicKey.der.suffix(64)
    let compressed =
      try #require(Hexadecimal.decode("3039301306072a8648ce3d020106082a8648ce3d030107032200"))
      + [2 + (point.last ?? 0) & 1] + point.prefix(32)
    let long = [0x30, 0x81] + (try PrivateKey.generate(.ed25519)).publicKey.der.dropFirst()
    for other in [compressed, long] {
      #expect(throws: SigningError.key(.noPublicKey)) { try PublicKey(der: other) }
    }
  }

  @Test("the openssl program verifies our signatures, and we its", .enabled(if: hasOpenSSL))
  func openssl() throws {
    let directory = try TemporaryDirectory()
    let message = Array("a message".utf8)
    try directory.write("message", message)
    let key = try PrivateKey.generate(.ed25519)
    try directory.write("key.pem", key.pem())
    let printed = try run(opensslPath, ["pkey", "-in", directory.path("key.pem"), "-pubout"])
    #expect(printed.output == key.publicKey.pem)
    try directory.write("public.pem", Array(key.publicKey.pem.utf8))
    try directory.write("signature", try key.signature(for: message))
    func pkeyutl(_ arguments: [String]) throws -> Int32 {
      try run(opensslPath, ["pkeyutl", "-rawin", "-in", directory.path("message")] + arguments)
        .status
    }
    let verifying = [
      "-verify", "-pubin", "-inkey", directory.path("public.pem"), "-sigfile",
      directory.path("signature"),
    ]
    #expect(try pkeyutl(verifying) == 0)
    try directory.write("signature", [UInt8](repeating: 1, count: 64))
    #expect(try pkeyutl(verifying) != 0)

    let theirs = directory.path("theirs.pem")
    #expect(try run(opensslPath, ["genpkey", "-algorithm", "ED25519", "-out", theirs]).status == 0)
    let signed = directory.path("signed")
    #expect(try pkeyutl(["-sign", "-inkey", theirs, "-out", signed]) == 0)
    let loaded = try PrivateKey(pem: try readBytes(theirs))
    #expect(loaded.publicKey.isValid(signature: try readBytes(signed), for: message))
    #expect(try loaded.signature(for: message) == readBytes(signed))
  }
}
