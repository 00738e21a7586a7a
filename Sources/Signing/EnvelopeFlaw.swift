/// Why an envelope proves nothing.
package enum EnvelopeFlaw: Hashable, Sendable, CustomStringConvertible {
  /// It lists no signature at all.
  case notSigned
  /// No listed signature claims a trusted key.
  case noTrustedSignature
  /// A signature that claims a trusted key is not that key's; `index` counts from zero.
  case badSignature(index: Int)

  package var description: String {
    switch self {
    case .notSigned: "the envelope lists no signature"
    case .noTrustedSignature: "no signature of the envelope is by a trusted key"
    case .badSignature(let index):
      "signature \(index) of the envelope does not verify: the text or the signature was changed"
    }
  }
}
