package import Records

/// Why a model signature does not vouch for a directory.
package enum ModelSignatureFlaw: Hashable, Sendable, CustomStringConvertible {
  /// The bundle is signed by certificate; this program trusts keys only.
  case certificateMethod
  case unknownKey(hint: String)
  /// The bundle verifies, but is not the one text that this program writes for it.
  case notCanonical
  case severalSubjects(Int)
  case wrongSubject(expected: String, found: String)
  case symlinksAllowed
  case ignoredPathNotAllowed(String)
  case ignoredWeightFile(String)
  case noFiles
  case nameNotCanonical(String)
  case duplicateName(String)
  case wrongRoot(signed: Digest, computed: Digest)
  case missingFile(String)
  case extraFile(String)
  case changedFile(String)

  package var description: String {
    switch self {
    case .certificateMethod:
      "the model signature names a certificate; only signatures by public key are verified"
    case .unknownKey(let hint): "the model signature names key '\(hint)', which is not trusted"
    case .notCanonical: "the model signature is not as it was written: its bytes were changed"
    case .severalSubjects(let count): "the model signature has \(count) subjects instead of one"
    case .wrongSubject(let expected, let found):
      "the model signature is of '\(found)' and not of '\(expected)'"
    case .symlinksAllowed: "the model signature allows symbolic links, which are never followed"
    case .ignoredPathNotAllowed(let path):
      "the model signature ignores '\(path)', which may not be ignored"
    case .ignoredWeightFile(let path): "the model signature ignores the weight file '\(path)'"
    case .noFiles: "the model signature lists no file"
    case .nameNotCanonical(let name): "the model's file name '\(name)' is not a plain relative path"
    case .duplicateName(let name): "the model signature lists '\(name)' twice"
    case .wrongRoot(let signed, let computed):
      "the model signature's root is \(signed.hex) and its files' is \(computed.hex)"
    case .missingFile(let name): "the file '\(name)' was signed and is missing"
    case .extraFile(let name): "the file '\(name)' was not signed"
    case .changedFile(let name): "the file '\(name)' is not the one that was signed"
    }
  }
}
