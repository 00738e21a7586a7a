/// Why the room of signatures refuses: one case a thing, each with a flaw that names the check.
package enum SigningError: Error, Hashable, Sendable, CustomStringConvertible {
  case file(FileFlaw)
  case key(KeyFlaw)
  case base64(Base64Flaw)
  /// The system's random source gives nothing.
  case randomnessUnavailable

  package var description: String {
    switch self {
    case .file(let flaw): flaw.description
    case .key(let flaw): flaw.description
    case .base64(let flaw): flaw.description
    case .randomnessUnavailable:
      "OpenSSL has no random bytes to give; see that /dev/urandom can be read"
    }
  }
}
