import FoundationEssentials
import Glibc

/// Writes one safetensors file row by row: `labels` (I64, `[records]`) and a table of F32 rows.
///
/// The library's own writer orders tensors by falling alignment, so the labels come first. The file
/// gets its name when it is whole; until then it is `NAME.partial`.
@safe final class SafetensorsOutput {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  private var isFinished = false
  private var rowsLeft: Int
  private let columns: Int

  /// Begins a file of `labels.count` rows.
  ///
  /// - Parameters:
  ///   - path: Where the file will be; its folder must be there.
  ///   - name: What the table is called, such as `logits`.
  ///   - columns: The length of a row.
  ///   - labels: The label of each row.
  ///   - metadata: Names and values without a character that JSON would escape.
  /// - Throws: `Failure` naming a path that cannot be written.
  init(
    _ path: String, name: String, columns: Int, labels: [Int], metadata: [String: String]
  ) throws {
    guard !path.utf8.contains(0) else { throw Failure("write", path, SystemRefusal(code: EINVAL)) }
    guard let file = unsafe Self.open("\(path).partial") else {
      throw Failure("write", path, .last)
    }
    self.path = path
    unsafe self.file = file
    self.columns = columns
    rowsLeft = labels.count
    try write(Self.head(name, columns: columns, rows: labels.count, metadata))
    try write(Self.littleEndian(labels.map { UInt64($0) }))
  }

  deinit {
    if !isFinished { abandon() }
  }

  /// Appends whole rows.
  func append(_ rows: [Float]) throws {
    rowsLeft -= rows.count / columns
    precondition(rows.count.isMultiple(of: columns) && rowsLeft >= 0, "rows that do not fit")
    try write(Self.littleEndian(rows.map(\.bitPattern)))
  }

  /// Gives the file its name, after its last row.
  func finish() throws {
    precondition(rowsLeft == 0, "\(rowsLeft) rows are missing")
    isFinished = true
    guard unsafe fclose(file) == 0, unsafe rename("\(path).partial", path) == 0 else {
      let refusal = SystemRefusal.last
      unsafe unlink("\(path).partial")
      throw Failure("write", path, refusal)
    }
  }

  /// Makes a file anew, whatever lay there, for its keeper's eyes: it is made from people's records.
  private static func open(_ path: String) -> UnsafeMutablePointer<FILE>? {
    _ = unsafe unlink(path)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let number = unsafe Glibc.open(path, flags, 0o600)
    guard number >= 0 else { return nil }
    guard let file = unsafe fdopen(number, "wb") else {
      close(number)
      return nil
    }
    return unsafe file
  }

  private func abandon() {
    unsafe fclose(file)
    unsafe unlink("\(path).partial")
  }

  private func write(_ bytes: [UInt8]) throws {
    guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw Failure("write", path, .last)
    }
  }

  /// The header's length, 64 bits, and the header, padded with blanks to a multiple of 8.
  private static func head(
    _ name: String, columns: Int, rows: Int, _ metadata: [String: String]
  ) -> [UInt8] {
    let texts = metadata.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
    let end = 8 * rows + 4 * rows * columns
    var header = Array(
      ("{\"__metadata__\":{\(texts.joined(separator: ","))},"
        + "\"labels\":{\"dtype\":\"I64\",\"shape\":[\(rows)],\"data_offsets\":[0,\(8 * rows)]},"
        + "\"\(name)\":{\"dtype\":\"F32\",\"shape\":[\(rows),\(columns)],"
        + "\"data_offsets\":[\(8 * rows),\(end)]}}").utf8)
    while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
    return littleEndian([UInt64(header.count)]) + header
  }

  private static func littleEndian<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * Word.bitWidth / 8)
    for word in words {
      for shift in stride(from: 0, to: Word.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
  }
}
