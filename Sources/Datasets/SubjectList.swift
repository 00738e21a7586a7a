import Records

/// Reads who records are about: one line a record, `train-0001,pid=7,household=3`.
///
/// A table with a heading is the same: `record,pid,household` and then `train-0001,7,3`; an empty
/// cell is no key. White space around a word is none of it.
package enum SubjectList {
  package static let sizeLimit = 64_000_000
  /// The first word of a heading.
  private static let heading = "record"

  /// Parses the text; empty lines and lines that begin with `#` are skipped.
  ///
  /// - Returns: Subject keys and values by record id.
  /// - Throws: `DatasetError.malformed` naming the line.
  package static func parse(
    _ bytes: [UInt8], file: String
  ) throws(DatasetError) -> [String: [String: String]] {
    var subjects: [String: [String: String]] = [:]
    var columns: [String]?
    var lines = try TextLines(bytes, file: file, sizeLimit: sizeLimit)
    while let line = try lines.next() {
      let parts = TextLines.cells(line)
      if subjects.isEmpty, columns == nil, parts[0] == heading {
        columns = try self.columns(Array(parts.dropFirst()), at: lines)
        continue
      }
      guard !parts[0].isEmpty, parts.count > 1 else {
        throw lines.malformed("expected record,key=value")
      }
      guard subjects[parts[0]] == nil else {
        throw lines.malformed("record '\(Quoted.text(parts[0]))' is given twice")
      }
      let words = Array(parts.dropFirst())
      subjects[parts[0]] =
        if let columns { try cells(words, under: columns, at: lines) } else {
          try pairs(words, at: lines)
        }
    }
    return subjects
  }

  /// The words `key=value` of a line.
  private static func pairs(
    _ words: [String], at lines: borrowing TextLines
  ) throws(DatasetError) -> [String: String] {
    var pairs: [String: String] = [:]
    for word in words {
      let pair = TextLines.cells(word, separatedBy: "=")
      guard pair.count == 2, isUsable(key: pair[0]), !pair[1].isEmpty else {
        throw lines.malformed("'\(Quoted.text(word))' is not key=value, as in pid=7")
      }
      guard pairs.updateValue(pair[1], forKey: pair[0]) == nil else {
        throw lines.malformed("key '\(Quoted.text(pair[0]))' is given twice")
      }
    }
    return pairs
  }

  /// The keys of a heading.
  private static func columns(
    _ words: [String], at lines: borrowing TextLines
  ) throws(DatasetError) -> [String] {
    guard !words.isEmpty else { throw lines.malformed("expected a key after 'record'") }
    for (place, key) in words.enumerated() {
      guard isUsable(key: key) else {
        throw lines.malformed("'\(Quoted.text(key))' cannot be a key")
      }
      guard !words[..<place].contains(key) else {
        throw lines.malformed("key '\(Quoted.text(key))' is given twice")
      }
    }
    return words
  }

  /// The cells of a line under their heading.
  private static func cells(
    _ words: [String], under columns: [String], at lines: borrowing TextLines
  ) throws(DatasetError) -> [String: String] {
    guard words.count == columns.count else {
      throw lines.malformed("\(words.count) values for \(columns.count) keys")
    }
    return Dictionary(
      uniqueKeysWithValues: zip(columns, words).filter { !$0.1.isEmpty })
  }

  /// Whether a selector can name the key, and it has no other meaning there.
  static func isUsable(key: String) -> Bool {
    !key.isEmpty && key != "class" && key != "record"
      && key.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
  }
}
