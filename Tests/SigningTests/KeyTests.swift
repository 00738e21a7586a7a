import Records
import Signing
import Testing

@Suite("Keys and signatures")
struct KeyTests {
  let message = Array("a message".utf8)

  @Test("a key signs; its public half verifies that message and no other")
  func signs() throws {
    let key = try PrivateKey.generate()
    let signature = try key.signature(for: message)
    #expect(key.publicKey.isValid(signature: signature, for: message))
    #expect(!key.publicKey.isValid(signature: signature, for: message + [0]))
    #expect(!key.publicKey.isValid(signature: [], for: message))
    #expect(!(try PrivateKey.generate()).publicKey.isValid(signature: signature, for: message))
    let empty = try key.signature(for: [])
    #expect(key.publicKey.isValid(signature: empty, for: []))
  }

  @Test("keys go out as PEM and come back")
  func roundTrip() throws {
    let key = try PrivateKey.generate()
    let pem = key.pem()
    #expect(String(decoding: pem, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    let again = try PrivateKey(pem: pem)
    #expect(again.publicKey == key.publicKey)
    #expect(again.pem() == pem)
    let publicPEM = key.publicKey.pem
    let commented = Array("a comment\n\n\(publicPEM)more".utf8)
    #expect(try PublicKey(pem: commented) == key.publicKey)
    #expect(key.publicKey.hint == SHA256.digest(of: publicPEM).hex)
  }

  @Test("garbage, an encrypted key, RSA and other curves are refused", .enabled(if: hasOpenSSL))
  func refusals() throws {
    let directory = try TemporaryDirectory()
    func openssl(_ line: String) throws -> [UInt8] {
      let made = directory.path("made.pem")
      let arguments = line.split(separator: " ").map(String.init) + ["-out", made]
      let result = try run(opensslPath, arguments)
      #expect(result.status == 0, "\(result.output)")
      return try readBytes(made)
    }
    #expect(throws: SigningError.key(.noPrivateKey)) { _ = try PrivateKey(pem: []) }
    #expect(throws: SigningError.key(.noPublicKey)) { try PublicKey(pem: Array("garbage".utf8)) }
    let encrypted = try openssl(
      "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-128-cbc -pass pass:secret")
    #expect(throws: SigningError.key(.encrypted)) { _ = try PrivateKey(pem: encrypted) }
    let strangers = [
      "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
      "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1",
      "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit",
      "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024",
      "genpkey -algorithm ED448",
    ]
    for stranger in strangers {
      let pem = try openssl(stranger)
      #expect(throws: SigningError.key(.otherAlgorithm), "\(stranger)") {
        _ = try PrivateKey(pem: pem)
      }
      try directory.write("private.pem", pem)
      let publicPEM = try openssl("pkey -in \(directory.path("private.pem")) -pubout")
      #expect(throws: SigningError.key(.otherAlgorithm), "\(stranger)") {
        try PublicKey(pem: publicPEM)
      }
    }
  }

  @Test("the openssl program loads our keys, and we load its keys", .enabled(if: hasOpenSSL))
  func openssl() throws {
    let directory = try TemporaryDirectory()
    let key = try PrivateKey.generate()
    try directory.write("key.pem", key.pem())
    let printed = try run(opensslPath, ["pkey", "-in", directory.path("key.pem"), "-pubout"])
    #expect(printed.output == key.publicKey.pem)

    try directory.write("message", message)
    try directory.write("signature", try key.signature(for: message))
    try directory.write("public.pem", Array(key.publicKey.pem.utf8))
    let verified = try run(
      opensslPath,
      [
        "dgst", "-sha256", "-verify", directory.path("public.pem"), "-signature",
        directory.path("signature"), directory.path("message"),
      ])
    #expect(verified.status == 0 && verified.output == "Verified OK\n")

    let sec1 = directory.path("sec1.pem")
    #expect(
      try run(opensslPath, ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", sec1])
        .status == 0)
    let theirs = try PrivateKey(pem: try readBytes(sec1))
    let signature = try theirs.signature(for: message)
    #expect(theirs.publicKey.isValid(signature: signature, for: message))
  }

  @Test("a point that is not on the curve is no key")
  func offCurve() throws {
    let key = try PrivateKey.generate()
    var der = key.publicKey.der
    der[90] ^= 1
    let pem =
      "-----BEGIN PUBLIC KEY-----\n\(Base64.encode(der))\n-----END PUBLIC KEY-----\n"
    #expect(throws: SigningError.key(.noPublicKey)) { try PublicKey(pem: Array(pem.utf8)) }
  }

  @Test("a private half with another's public half is refused")
  func halves() throws {
    func der(_ key: borrowing PrivateKey) throws -> [UInt8] {
      let lines = String(decoding: key.pem(), as: UTF8.self).split(separator: "\n")
      return try Base64.decode(lines.dropFirst().dropLast().joined())
    }
    let key = try PrivateKey.generate()
    let other = try PrivateKey.generate()
    let mixed = try der(key).dropLast(65) + other.publicKey.der.suffix(65)
    let pem =
      "-----BEGIN PRIVATE KEY-----\n\(Base64.encode(Array(mixed)))\n"
      + "-----END PRIVATE KEY-----\n"
    #expect(throws: SigningError.key(.halvesDiffer)) {
      _ = try PrivateKey(pem: Array(pem.utf8))
    }
  }

  @Test("any changed byte of a signature is refused or the same signature")
  func mutations() throws {
    let key = try PrivateKey.generate()
    let signature = try key.signature(for: message)
    for index in signature.indices {
      for bit in 0..<8 {
        var changed = signature
        changed[index] ^= 1 << bit
        #expect(!key.publicKey.isValid(signature: changed, for: message))
      }
      #expect(!key.publicKey.isValid(signature: Array(signature.prefix(index)), for: message))
    }
    #expect(!key.publicKey.isValid(signature: signature + [0], for: message))
  }
}
