import Records
import Signing
import Testing

@Suite("Public keys as bytes")
struct PublicKeyTests {
  @Test(
    "the bytes of a key are read back, and no fewer and no more", arguments: KeyAlgorithm.allCases)
  func lengths(_ algorithm: KeyAlgorithm) throws {
    let key = try PrivateKey.generate(algorithm).publicKey
    #expect(try PublicKey(der: key.der) == key)
    for count in key.der.indices { refuses(Array(key.der.prefix(count))) }
    refuses(key.der + [0])
    refuses([0] + key.der)
    refuses(key.der + key.der)
  }

  @Test("a changed bit of a P-256 key is another form or no point of the curve")
  func changedPoint() throws {
    let der = try PrivateKey.generate().publicKey.der
    for index in der.indices {
      for bit in 0..<8 {
        var changed = der
        changed[index] ^= 1 << bit
        refuses(changed)
      }
    }
  }

  @Test("a changed bit of the form of an Ed25519 key is refused; of its 32 bytes it is another key")
  func changedForm() throws {
    let key = try PrivateKey.generate(.ed25519)
    let der = key.publicKey.der
    let signature = try key.signature(for: [1])
    for index in der.indices {
      for bit in 0..<8 {
        var changed = der
        changed[index] ^= 1 << bit
        guard index >= 12 else {
          refuses(changed)
          continue
        }
        guard let other = try? PublicKey(der: changed) else { continue }
        #expect(other != key.publicKey && !other.isValid(signature: signature, for: [1]))
      }
    }
  }

  @Test("a compressed point, a hybrid one and the point of no place are refused")
  func otherPoints() throws {
    let der = try PrivateKey.generate().publicKey.der
    let (x, y) = (Array(der[27..<59]), der[90])
    let start = try #require(
      Hexadecimal.decode("3039301306072a8648ce3d020106082a8648ce3d030107032200"))
    refuses(start + [2 + y & 1] + x)
    var hybrid = der
    hybrid[26] = 6 + y & 1
    refuses(hybrid)
    refuses(Array(der.prefix(27)) + [UInt8](repeating: 0, count: 64))
    refuses(Array(der.prefix(27)) + [UInt8](repeating: 0xFF, count: 64))
  }

  @Test("keys of other kinds are refused", .enabled(if: hasOpenSSL))
  func otherKinds() throws {
    let directory = try TemporaryDirectory()
    for kind in [
      ["ED448"], ["X25519"], ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
      ["EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
    ] {
      let (made, der) = (directory.path("made.pem"), directory.path("made.der"))
      let arguments = ["genpkey", "-algorithm"] + kind + ["-out", made]
      #expect(try run(opensslPath, arguments).status == 0, "\(kind)")
      let written = try run(
        opensslPath, ["pkey", "-in", made, "-pubout", "-outform", "DER", "-out", der])
      #expect(written.status == 0, "\(kind)")
      refuses(try readBytes(der))
    }
  }

  func refuses(_ der: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      throws: SigningError.key(.noPublicKey), "\(Hexadecimal.encode(der))",
      sourceLocation: sourceLocation
    ) { try PublicKey(der: der) }
  }
}
