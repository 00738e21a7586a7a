import Records

/// Goes through a text file line by line and says where it is.
struct TextLines {
  let file: String
  /// The number of the line last given, from 1.
  private(set) var number = 0
  private var rest: ArraySlice<UInt8>

  /// Takes the bytes of a file.
  ///
  /// - Throws: `DatasetError.unreadable` when there are more than `sizeLimit`.
  init(_ bytes: [UInt8], file: String, sizeLimit: Int) throws(DatasetError) {
    guard bytes.count <= sizeLimit else {
      throw .unreadable(file: file, reason: "longer than \(sizeLimit) bytes")
    }
    self.file = file
    // Other systems begin a text with a mark.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    rest = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
  }

  /// The next line that is neither empty nor a comment, without white space around it.
  ///
  /// - Throws: `DatasetError.malformed` for a line that is not UTF-8.
  mutating func next() throws(DatasetError) -> String? {
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      let line = Self.trimmed(rest[..<end])
      rest = end < rest.endIndex ? rest[(end + 1)...] : []
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      guard let text = String(validating: line, as: UTF8.self) else {
        throw malformed("not UTF-8")
      }
      return text
    }
    return nil
  }

  /// An error at the line last given.
  func malformed(_ reason: String) -> DatasetError {
    .malformed(file: file, line: max(1, number), reason: reason)
  }

  /// The parts of a line between commas, without white space around any.
  static func cells(_ line: String, separatedBy separator: Unicode.Scalar = ",") -> [String] {
    line.fields(separatedBy: separator).map { String(Substring(trimmed($0.utf8))) }
  }

  /// The bytes without the spaces, tabs and carriage returns around them.
  static func trimmed<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let rest = bytes.drop(while: isSpace)
    guard let last = rest.lastIndex(where: { !isSpace($0) }) else { return bytes.prefix(0) }
    return bytes[rest.startIndex...last]
  }
}
