package import Records

/// Why a JSON document is not of the form it must have; `at` is a path such as `bundle.mediaType`.
package enum DocumentFlaw: Hashable, Sendable, CustomStringConvertible {
  case tooLarge(what: String, limit: Int)
  case notJSON(what: String, JSONError)
  case missing(at: String)
  case unexpected(at: String)
  case notOfType(at: String, expected: String)
  case wrongValue(at: String, expected: String, found: String)
  case notBase64(at: String, Base64Flaw)
  case notDigest(at: String)

  package var description: String {
    switch self {
    case .tooLarge(let what, let limit): "the \(what) is longer than \(limit) bytes"
    case .notJSON(let what, let error): "the \(what) is not strict JSON: \(error)"
    case .missing(let path): "'\(path)' is missing"
    case .unexpected(let path): "'\(path)' does not belong there"
    case .notOfType(let path, let expected): "'\(path)' is not \(expected)"
    case .wrongValue(let path, let expected, let found):
      "'\(path)' is '\(found)' and must be '\(expected)'"
    case .notBase64(let path, let flaw): "'\(path)' is not strict base64: \(flaw)"
    case .notDigest(let path): "'\(path)' is not 64 lower-case hexadecimal digits"
    }
  }
}
