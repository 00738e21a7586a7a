/// The bytes of a weight file: in memory, or behind an open descriptor and read piece by piece.
enum StoredBytes: Sendable {
  case memory([UInt8])
  case file(OpenWeightFile)

  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(let file): file.count
    }
  }

  /// Fills the target with the bytes from an offset on.
  ///
  /// - Throws: `WeightFileError` when the file has become shorter, or the disk fails.
  func read(at offset: Int, into target: inout MutableRawSpan) throws(WeightFileError) {
    precondition(offset >= 0 && offset + target.byteCount <= count, "\(offset) is not inside")
    switch self {
    case .memory(let bytes):
      let source = unsafe bytes.span.bytes.extracting(offset..<offset + target.byteCount)
      unsafe target.withUnsafeMutableBytes { target in
        unsafe source.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
      }
    case .file(let file): try file.read(at: offset, into: &target)
    }
  }

  /// A range of the bytes, which the caller has bounded.
  func bytes(_ range: Range<Int>) throws(WeightFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var span = bytes.mutableSpan
    var target = unsafe span.mutableBytes
    try read(at: range.lowerBound, into: &target)
    return bytes
  }

  /// The first bytes, fewer of a file that has fewer.
  func prefix(_ length: Int) throws(WeightFileError) -> [UInt8] {
    try bytes(0..<min(length, count))
  }

  /// Hands a range over in pieces, in constant memory.
  func forEachPiece(
    of range: Range<Int>, _ body: (RawSpan) -> Void
  ) throws(WeightFileError) {
    var buffer = [UInt8](repeating: 0, count: min(range.count, 1 << 20))
    var place = range.lowerBound
    while place < range.upperBound {
      let length = min(buffer.count, range.upperBound - place)
      if length < buffer.count { buffer.removeLast(buffer.count - length) }
      var span = buffer.mutableSpan
      var target = unsafe span.mutableBytes
      try read(at: place, into: &target)
      unsafe body(buffer.span.bytes)
      place += length
    }
  }
}
