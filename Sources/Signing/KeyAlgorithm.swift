/// The kinds of key this program signs with.
package enum KeyAlgorithm: String, Hashable, Sendable, CaseIterable {
  /// ECDSA on P-256 over SHA-256, which the OpenSSF model-signing format asks for.
  case p256 = "ecdsa-p256"
  /// Ed25519 (RFC 8032), whose signatures are the same every time.
  case ed25519

  /// What every SubjectPublicKeyInfo of the kind begins with, and how many bytes follow.
  var encoding: (prefix: [UInt8], rest: Int) {
    switch self {
    // RFC 5480: id-ecPublicKey, prime256v1, a bit string, an uncompressed point.
    case .p256:
      (
        [
          0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08,
          0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ], 64
      )
    // RFC 8410: id-Ed25519, a bit string.
    case .ed25519:
      ([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00], 32)
    }
  }
}
