/// Why the room of signatures refuses: one case a thing, each with a flaw that names the check.
package enum SigningError: Error, Hashable, Sendable, CustomStringConvertible {
  case file(FileFlaw)
  case key(KeyFlaw)
  case document(DocumentFlaw)
  case envelope(EnvelopeFlaw)
  case modelSignature(ModelSignatureFlaw)
  case proof(ProofFlaw)
  case note(NoteFlaw)
  /// A sealed box that was not sealed so.
  case sealBroken
  /// The system's random source gives nothing.
  case randomnessUnavailable

  package var description: String {
    switch self {
    case .file(let flaw): flaw.description
    case .key(let flaw): flaw.description
    case .document(let flaw): flaw.description
    case .envelope(let flaw): flaw.description
    case .modelSignature(let flaw): flaw.description
    case .proof(let flaw): flaw.description
    case .note(let flaw): flaw.description
    case .sealBroken: "the box, its key or what it belongs to is not what it was when it was sealed"
    case .randomnessUnavailable:
      "OpenSSL has no random bytes to give; see that /dev/urandom can be read"
    }
  }
}
