/// Members with their checksums checked.
extension ZipArchive {
  /// The bytes of a small member.
  ///
  /// - Throws: `WeightFileError` when the checksum is of other bytes.
  static func read(
    _ content: Content, in bytes: StoredBytes
  ) throws(WeightFileError) -> ByteReader {
    try check(content, in: bytes)
    return try ByteReader(bytes, content.range)
  }

  /// Checks a member of any size, read once in constant memory.
  ///
  /// - Throws: `WeightFileError` when the checksum is of other bytes.
  static func check(
    _ content: Content, in bytes: StoredBytes
  ) throws(WeightFileError) {
    var sum = CRC32()
    try bytes.forEachPiece(of: content.range) { sum.update($0) }
    guard sum.value == content.checksum else {
      throw WeightFileError(
        "the checksum of the zip member '\(content.name)' is wrong; the file is damaged")
    }
  }
}
