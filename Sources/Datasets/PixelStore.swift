import Records

/// Images of one size as bytes in a temporary file; a byte v stands for the value v/255.
struct PixelStore: RecordStore {
  /// `[height, width, channels]`; bytes lie in that order, row after row.
  let shape: [Int]
  private let file: TemporaryFile
  private let size: Int

  private init(shape: [Int], file: TemporaryFile) {
    self.shape = shape
    self.file = file
    size = shape.reduce(1, *)
  }

  /// The image's bytes, rows of pixels.
  func pixels(at position: Int) throws(DatasetError) -> [UInt8] {
    try file.read(position * size..<(position + 1) * size)
  }

  func valueCount(at position: Int) -> Int { size }

  func append(valuesAt position: Int, to values: inout [Float]) throws(DatasetError) {
    for pixel in try pixels(at: position) { values.append(Self.values[Int(pixel)]) }
  }

  /// The label, height, width and channels, each 32 bits little-endian, then the pixels' bytes.
  func canonicalBytes(at position: Int, label: Int) throws(DatasetError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 + size)
    for number in [label] + shape { bytes.appendLittleEndian(number) }
    return bytes + (try pixels(at: position))
  }

  private static let values = (0...255).map { Float($0) / 255 }

  /// Takes images one after another, a megabyte of them in memory at a time.
  struct Writer {
    let shape: [Int]
    private let file: TemporaryFile
    private var pending: [UInt8] = []
    private var offset = 0

    init(shape: [Int]) throws(DatasetError) {
      self.shape = shape
      file = try TemporaryFile()
    }

    /// Appends bytes of images, which need not end where an image does.
    mutating func append(_ pixels: [UInt8]) throws(DatasetError) {
      pending += pixels
      if pending.count >= 1 << 20 { try flush() }
    }

    /// The store of all images appended.
    mutating func store() throws(DatasetError) -> PixelStore {
      try flush()
      return PixelStore(shape: shape, file: file)
    }

    private mutating func flush() throws(DatasetError) {
      try file.write(pending, at: offset)
      offset += pending.count
      pending.removeAll(keepingCapacity: true)
    }
  }
}
