/// Why an envelope proves nothing.
package enum EnvelopeFlaw: Hashable, Sendable, CustomStringConvertible {
  /// Line `line`, from one, is not the one text of the envelope it holds, or has no line end.
  case notCanonical(line: Int)
  /// The file holds no envelope.
  case noEnvelope
  /// It lists no signature at all.
  case notSigned
  /// No listed signature claims a trusted key.
  case noTrustedSignature
  /// A signature that claims a trusted key is not that key's; `index` counts from zero.
  case badSignature(index: Int)

  package var description: String {
    switch self {
    case .notCanonical(let line):
      "line \(line) of the envelopes is not as it was written: its bytes were changed"
    case .noEnvelope: "there is no envelope in the file"
    case .notSigned: "the envelope lists no signature"
    case .noTrustedSignature: "no signature of the envelope is by a trusted key"
    case .badSignature(let index):
      "signature \(index) of the envelope does not verify: the text or the signature was changed"
    }
  }
}
