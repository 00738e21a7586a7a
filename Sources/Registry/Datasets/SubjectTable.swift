import Records
import Signing

/// Which records of a data set are about whom: a row a subject such as `pid=1`, sorted by salted code.
///
/// It lies sealed beside the manifest, shelf by shelf, so that a person is found among a million without
/// opening the manifest.
struct SubjectTable: Hashable, Sendable {
  struct Row: Hashable, Sendable {
    let code: Digest
    let training: RecordSelection
    let test: RecordSelection

    /// The positions in the manifest.
    var records: RecordSelection { training.union(test) }
  }

  let rows: [Row]

  /// The most rows of a shelf, on average: it is opened whole.
  private static let shelfSize = 4096

  init(of manifest: Manifest, salt: [UInt8]) {
    var positions: [String: [Int]] = [:]
    for (position, record) in manifest.records.enumerated() {
      for (key, value) in record.subjects {
        positions["\(key)=\(value)", default: []].append(position)
      }
    }
    rows = positions.map { subject, positions in
      Row(
        code: Self.code(of: subject, salt),
        training: RecordSelection(positions.filter { manifest.records[$0].split == .training }),
        test: RecordSelection(positions.filter { manifest.records[$0].split == .test }))
    }.sorted { $0.code < $1.code }
  }

  private init(rows: [Row]) { self.rows = rows }

  /// The code of a subject: that of its normal form C, as texts that read the same are one subject.
  static func code(of subject: String, _ salt: [UInt8]) -> Digest {
    HMACSHA256.code(
      key: salt, message: Array(subject.normalFormC.utf8))
  }

  /// The shelf on which the row of a code lies, by the code's leading bits, among `count` of them, a
  /// power of two.
  static func shelf(of code: Digest, among count: Int) -> Int {
    let first = code.bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return first >> (32 - count.trailingZeroBitCount)
  }

  /// The rows shelf by shelf; some may be empty.
  var shelves: [SubjectTable] {
    var count = 1
    while rows.count > Self.shelfSize * count { count *= 2 }
    var shelves = [[Row]](repeating: [], count: count)
    for row in rows { shelves[Self.shelf(of: row.code, among: count)].append(row) }
    return shelves.map { SubjectTable(rows: $0) }
  }

  // MARK: Text

  /// `<code> <training> <test>;` a row.
  var text: String {
    rows.map { "\($0.code.hex) \($0.training.text) \($0.test.text);" }.joined()
  }

  /// - Returns: nil for a text that is none.
  init?(text: String) {
    var rows: [Row] = []
    for line in text.split(separator: ";") {
      let fields = line.split(separator: " ", omittingEmptySubsequences: false)
      guard fields.count == 3, let code = Digest(hex: fields[0]),
        let training = RecordSelection(text: String(fields[1])),
        let test = RecordSelection(text: String(fields[2])),
        rows.last.map({ $0.code < code }) ?? true
      else { return nil }
      rows.append(Row(code: code, training: training, test: test))
    }
    self.rows = rows
  }

  /// The row of a code, by binary search.
  func row(of code: Digest) -> Row? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].code < code { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].code == code ? rows[low] : nil
  }
}
