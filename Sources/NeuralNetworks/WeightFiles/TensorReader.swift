/// Reads the elements of one tensor, front to back, as the little-endian bytes of F32.
///
/// Elements that lie together are read piece by piece. Of a tensor that is scattered over a storage,
/// as a transposed one is, that one storage is held in memory until the tensor is read.
struct TensorReader {
  /// How many elements are best read at a time: 4 MiB of F32.
  static let pieceCount = 1 << 20

  let tensor: StoredTensor
  private let bytes: StoredBytes
  /// How many elements are still to come.
  private(set) var remaining: Int
  /// The next byte of the file; unused for a scattered tensor.
  private var position = 0
  private var storage: [UInt8] = []
  private var places: TensorView.Places?
  private var sum = CRC32()

  /// - Throws: `WeightFileError` when the elements are of no type that weights have.
  init(_ tensor: StoredTensor, in bytes: StoredBytes) throws(WeightFileError) {
    try tensor.checkIsWeight()
    self.tensor = tensor
    self.bytes = bytes
    remaining = tensor.count
    switch tensor.place {
    case .contiguous(let start): position = start
    case .scattered(let view, let range):
      places = TensorView.Places(view)
      storage = try bytes.bytes(range)
    }
  }

  private var width: Int { tensor.elementType.bitCount / 8 }

  /// Fills the target, of a multiple of four bytes, with the next elements.
  ///
  /// - Throws: `WeightFileError` when the file has become shorter, or when a finite F64 value is out
  ///   of the range of F32.
  mutating func read(into target: inout MutableRawSpan) throws(WeightFileError) {
    let count = target.byteCount / 4
    precondition(count <= remaining, "\(count) elements of \(remaining)")
    remaining -= count
    if tensor.elementType == .float32, places == nil {
      try bytes.read(at: position, into: &target)
      if tensor.checksum != nil { sum.update(target.bytes) }
      position += 4 * count
      return
    }
    let raw = try stored(count)
    try unsafe FloatBytes.convert(raw.span.bytes, tensor, into: &target)
  }

  /// The next elements as numbers.
  mutating func floats(_ count: Int) throws(WeightFileError) -> [Float] {
    var piece = [UInt8](repeating: 0, count: 4 * count)
    var span = piece.mutableSpan
    var target = unsafe span.mutableBytes
    try read(into: &target)
    var values: [Float] = []
    values.reserveCapacity(count)
    unsafe FloatBytes.forEach(in: piece.span.bytes) { values.append($0) }
    return values
  }

  /// The next elements as they are stored.
  private mutating func stored(_ count: Int) throws(WeightFileError) -> [UInt8] {
    var raw = [UInt8](repeating: 0, count: count * width)
    guard places == nil else {
      for index in 0..<count {
        guard let place = places?.next() else { break }
        for byte in 0..<width { raw[index * width + byte] = storage[place * width + byte] }
      }
      return raw
    }
    var span = raw.mutableSpan
    var target = unsafe span.mutableBytes
    try bytes.read(at: position, into: &target)
    if tensor.checksum != nil { unsafe sum.update(raw.span.bytes) }
    position += raw.count
    return raw
  }

  /// Ends the reading of all elements.
  ///
  /// - Throws: `WeightFileError` when the checksum of the file is of other bytes.
  func finish() throws(WeightFileError) {
    precondition(remaining == 0, "\(remaining) elements are left")
    guard let checksum = tensor.checksum, checksum != sum.value else { return }
    throw WeightFileError("the checksum of tensor '\(tensor.name)' is wrong; the file is damaged")
  }
}
