import Glibc

/// Why a file or a directory cannot be hashed as it lies.
package enum FileFlaw: Hashable, Sendable, CustomStringConvertible {
  case cannotOpen(path: String, errno: Int32)
  case cannotRead(path: String, errno: Int32)
  case symbolicLink(path: String)
  case notRegularFile(path: String)
  case notDirectory(path: String)
  case nameNotUTF8(directory: String)
  case tooDeep(path: String)

  package var description: String {
    switch self {
    case .cannotOpen(let path, let code): "cannot open '\(path)': \(Self.reason(code))"
    case .cannotRead(let path, let code): "cannot read '\(path)': \(Self.reason(code))"
    case .symbolicLink(let path):
      "'\(path)' is a symbolic link, which is never followed; put the file itself there"
    case .notRegularFile(let path):
      "'\(path)' is no regular file; remove it or point to a regular file"
    case .notDirectory(let path): "'\(path)' is no directory"
    case .nameNotUTF8(let directory):
      "a file in '\(directory)' has a name that is not UTF-8; rename it"
    case .tooDeep(let path): "'\(path)' lies too deep to be listed"
    }
  }

  /// The system's words for an error number.
  private static func reason(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
