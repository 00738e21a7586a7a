/// A place in the bytes of a file, from which little-endian values are read one after another.
struct ByteReader {
  /// The part of the file that is at hand, which begins at byte `base` of it.
  private let bytes: [UInt8]
  private let base: Int
  /// In bytes from the beginning of the file.
  private(set) var position: Int
  /// Where reading must stop.
  let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range) is not inside")
    self.bytes = bytes
    base = 0
    position = range.lowerBound
    end = range.upperBound
  }

  /// Takes a range of a file into memory; the caller has bounded it.
  init(_ source: StoredBytes, _ range: Range<Int>) throws(WeightFileError) {
    bytes = try source.bytes(range)
    base = range.lowerBound
    position = base
    end = range.upperBound
  }

  var remaining: Int { end - position }

  /// The bytes of a range that was passed over.
  subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    bytes[range.lowerBound - base..<range.upperBound - base]
  }

  /// The range of the next `count` bytes, which are passed over.
  ///
  /// - Throws: `WeightFileError` with the place when there are not so many.
  mutating func skip(_ count: Int) throws(WeightFileError) -> Range<Int> {
    guard count >= 0, count <= remaining else {
      throw WeightFileError(
        "\(count) bytes are announced at byte \(position), but only \(remaining) follow")
    }
    defer { position += count }
    return position..<position + count
  }

  mutating func byte() throws(WeightFileError) -> UInt8 {
    bytes[try skip(1).lowerBound - base]
  }

  /// The next little-endian word.
  mutating func word<Word: FixedWidthInteger>(
    _ type: Word.Type = Word.self
  ) throws(WeightFileError) -> Word {
    let range = try skip(Word.bitWidth / 8)
    var word: Word = 0
    for (place, index) in range.enumerated() {
      word |= Word(truncatingIfNeeded: bytes[index - base]) << (8 * place)
    }
    return word
  }

  /// The next `count` bytes as strict UTF-8.
  mutating func text(_ count: Int) throws(WeightFileError) -> String {
    let range = try skip(count)
    guard let text = String(validating: self[range], as: UTF8.self) else {
      throw WeightFileError("the text at byte \(range.lowerBound) is not UTF-8")
    }
    return text
  }

  /// The text up to the next line feed, at most `limit` bytes long, without it.
  mutating func line(limit: Int) throws(WeightFileError) -> String {
    let window = self[position..<position + min(limit + 1, remaining)]
    guard let length = window.firstIndex(of: 0x0A).map({ $0 - window.startIndex }) else {
      throw WeightFileError("the line at byte \(position) does not end within \(limit) bytes")
    }
    let text = try text(length)
    _ = try byte()
    return text
  }
}
