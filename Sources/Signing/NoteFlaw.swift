/// Why a signed note proves nothing.
package enum NoteFlaw: Hashable, Sendable, CustomStringConvertible {
  case tooLarge(limit: Int)
  case notUTF8
  case controlCharacter(offset: Int)
  case noTextEnd
  case noSignature
  case badSignatureLine(Int)
  case badName(String)
  case badVerifierKey(String)
  case badSignature(name: String)
  case noTrustedSignature
  case badCheckpoint(String)

  package var description: String {
    switch self {
    case .tooLarge(let limit): "the note is longer than \(limit) bytes"
    case .notUTF8: "the note is not UTF-8"
    case .controlCharacter(let offset): "the note has a control character at byte \(offset)"
    case .noTextEnd: "the note's text does not end with a line end"
    case .noSignature: "the note has no signature after an empty line"
    case .badSignatureLine(let number): "line \(number) of the note's signatures is malformed"
    case .badName(let name): "'\(name)' cannot name a signer: no space, no '+', not empty"
    case .badVerifierKey(let key): "'\(key)' is no verifier key"
    case .badSignature(let name): "the note's signature by '\(name)' does not verify"
    case .noTrustedSignature: "no signature of the note is by a trusted key"
    case .badCheckpoint(let reason): "the note is no checkpoint: \(reason)"
    }
  }
}
