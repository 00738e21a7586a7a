/// Why a key cannot be used.
package enum KeyFlaw: Hashable, Sendable, CustomStringConvertible {
  case noPrivateKey
  case noPublicKey
  case notP256
  case otherAlgorithm
  case encrypted
  case halvesDiffer
  case cannotGenerate
  case cannotSign

  /// The longest PEM text looked at, in bytes.
  static let sizeLimit = 1 << 20

  package var description: String {
    switch self {
    case .noPrivateKey: "the text holds no private key in PEM; a PKCS#8 key is expected"
    case .noPublicKey: "the text holds no public key in PEM; a SubjectPublicKeyInfo is expected"
    case .notP256:
      "the key is not on the curve P-256 by name, which the model-signing format asks for"
    case .otherAlgorithm:
      "the key is neither on the curve P-256 by name nor of Ed25519; make one with 'openssl genpkey'"
    case .encrypted: "the private key is encrypted; decrypt it with 'openssl pkcs8' first"
    case .halvesDiffer: "the key's public half is not that of its private half"
    case .cannotGenerate: "OpenSSL cannot generate a key"
    case .cannotSign: "OpenSSL cannot sign with this key"
    }
  }
}
