import Glibc
import Records

/// A file of record ids, one a line, named in a selector as `record=@file`.
enum RecordList {
  /// A selector of more text than this is refused, and so is a list.
  static let largestByteCount = 1_000_000

  /// Puts the ids of the file in the place of every `record=@file` of a selector.
  ///
  /// The name of the file ends at the next `,`, where the next term begins.
  static func expanding(_ selector: String) throws(RecordListError) -> String {
    var terms: [String] = []
    for term in selector.fields(separatedBy: ",") {
      if term.utf8.starts(with: "record=@".utf8) {
        let path = String(term.unicodeScalars.dropFirst("record=@".utf8.count))
        let ids = try identifiers(inFile: path)
        terms.append("record=" + ids.map(Selector.escaped).joined(separator: "+"))
      } else {
        terms.append(term)
      }
    }
    return terms.joined(separator: ",")
  }

  /// The ids of a list; empty lines, lines that begin with `#`, and the marks and
  /// line ends of other systems are passed over.
  static func identifiers(inFile path: String) throws(RecordListError) -> [String] {
    let bytes = try bytes(ofFile: path)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else { throw .notText(path) }
    let ids = text.split { $0.isNewline }.map(withoutSpace)
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard !ids.isEmpty else { throw .empty(path) }
    return ids
  }

  private static func withoutSpace(_ line: Substring) -> String {
    let start = line.drop { $0.isWhitespace }
    return String(
      start.prefix(
        (start.lastIndex { !$0.isWhitespace }.map {
          start.distance(from: start.startIndex, to: $0) + 1
        } ?? 0)))
  }

  private static func bytes(ofFile path: String) throws(RecordListError) -> [UInt8] {
    // A pipe or a device is refused, not waited for.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(path, errorNumber: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .noPlainFile(path)
    }
    guard status.st_size <= largestByteCount else { throw .tooLarge(path) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    // Counting while reading bounds a file that grows, too.
    while bytes.count <= largestByteCount {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .unreadable(path, errorNumber: errno) }
      bytes += chunk[..<count]
    }
    throw .tooLarge(path)
  }
}

/// Why a file is no list of record ids.
enum RecordListError: Error, Equatable, CustomStringConvertible {
  case unreadable(String, errorNumber: Int32)
  case noPlainFile(String)
  case tooLarge(String)
  case notText(String)
  case empty(String)

  var description: String {
    switch self {
    case .unreadable(let path, let number):
      "'\(path)' cannot be read: \(systemMessage(number))"
    case .noPlainFile(let path):
      "'\(path)' is no plain file; write the ids to one, one a line"
    case .tooLarge(let path):
      "'\(path)' has more than \(RecordList.largestByteCount) bytes; split it over several options"
    case .notText(let path): "'\(path)' is not UTF-8 text"
    case .empty(let path): "'\(path)' holds no id; write one a line"
    }
  }
}

/// The system's words for an error number.
func systemMessage(_ number: Int32) -> String {
  guard let text = unsafe strerror(number) else { return "error \(number)" }
  return unsafe String(cString: text).lowercased()
}
