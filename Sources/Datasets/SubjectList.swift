/// Reads who records are about: one line a record, `train-0001,pid=7,household=3`.
package enum SubjectList {
  package static let sizeLimit = 64_000_000

  /// Parses the text; empty lines and lines that begin with `#` are skipped.
  ///
  /// - Returns: Subject keys and values by record id.
  /// - Throws: `DatasetError.malformed` naming the line.
  package static func parse(
    _ bytes: [UInt8], file: String
  ) throws(DatasetError) -> [String: [String: String]] {
    var subjects: [String: [String: String]] = [:]
    var lines = try TextLines(bytes, file: file, sizeLimit: sizeLimit)
    while let line = try lines.next() {
      let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard !parts[0].isEmpty, parts.count > 1 else {
        throw lines.malformed("expected record,key=value")
      }
      guard subjects[parts[0]] == nil else {
        throw lines.malformed("record '\(Quoted.text(parts[0]))' is given twice")
      }
      var pairs: [String: String] = [:]
      for part in parts.dropFirst() {
        let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard pair.count == 2, isUsable(key: pair[0]), !pair[1].isEmpty else {
          throw lines.malformed("'\(Quoted.text(part))' is not key=value, as in pid=7")
        }
        guard pairs.updateValue(pair[1], forKey: pair[0]) == nil else {
          throw lines.malformed("key '\(Quoted.text(pair[0]))' is given twice")
        }
      }
      subjects[parts[0]] = pairs
    }
    return subjects
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
