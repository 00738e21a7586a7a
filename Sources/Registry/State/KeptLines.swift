/// Consecutive lines of a kept state that begin with the same word.
struct KeptLines: Sendable {
  private let bytes: [UInt8]
  /// Where the lines begin, and where the last one ends.
  private let bounds: [Int]
  /// How long the word and the space behind it are.
  private let skipped: Int

  init() { (bytes, bounds, skipped) = ([], [0], 0) }

  /// The lines from there on.
  init(_ word: String, in bytes: [UInt8], from start: Int) {
    let word = Array("\(word) ".utf8)
    var bounds = [start]
    var position = start
    while bytes[position...].starts(with: word) {
      position = bytes[position...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      bounds.append(position)
    }
    (self.bytes, self.bounds, skipped) = (bytes, bounds, word.count)
  }

  var count: Int { bounds.count - 1 }
  var indices: Range<Int> { 0..<count }
  /// Behind the last line.
  var end: Int { bounds[count] }

  /// A line with its end.
  func line(at position: Int) -> ArraySlice<UInt8> {
    bytes[bounds[position]..<bounds[position + 1]]
  }

  /// The fields behind the word.
  func fields(at position: Int) -> StateFields {
    StateFields(bytes, bounds[position] + skipped..<bounds[position + 1])
  }
}
