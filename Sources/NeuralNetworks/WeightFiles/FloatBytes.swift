/// Little-endian floating-point numbers as bytes.
enum FloatBytes {
  /// Widens or rounds the elements of a tensor to F32.
  ///
  /// - Throws: `WeightFileError` when a finite F64 value is out of the range of F32.
  static func convert(
    _ source: RawSpan, _ tensor: StoredTensor, into target: inout MutableRawSpan
  ) throws(WeightFileError) {
    switch tensor.elementType {
    case .float32:
      convert(source, into: &target) { (bits: UInt32) in Float(bitPattern: bits) }
    case .float16:
      convert(source, into: &target) { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
    case .bfloat16:
      convert(source, into: &target) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .float64:
      var lost: Double?
      convert(source, into: &target) { (bits: UInt64) in
        let wide = Double(bitPattern: bits)
        let narrow = Float(wide)
        if wide.isFinite, !narrow.isFinite, lost == nil { lost = wide }
        return narrow
      }
      if let lost {
        throw WeightFileError(
          "tensor '\(tensor.name)' holds \(lost), which is out of the range of F32")
      }
    default: preconditionFailure("\(tensor.elementType) is no type of weights")
    }
  }

  @inline(__always)
  private static func convert<Word: FixedWidthInteger & BitwiseCopyable>(
    _ source: RawSpan, into target: inout MutableRawSpan, _ float: (Word) -> Float
  ) {
    let width = Word.bitWidth / 8
    let count = target.byteCount / 4
    precondition(
      source.byteCount == count * width, "\(source.byteCount) bytes for \(count) elements")
    for index in 0..<count {
      // Both counts were checked; any bits are a value of the type.
      let word = unsafe source.unsafeLoadUnaligned(
        fromByteOffset: index * width, as: Word.self)
      let bits = float(Word(littleEndian: word)).bitPattern.littleEndian
      target.storeBytes(of: bits, toByteOffset: 4 * index, as: UInt32.self)
    }
  }

  /// Every number of a piece, in order.
  @inline(__always)
  static func forEach(in bytes: RawSpan, _ body: (Float) -> Void) {
    for offset in stride(from: 0, to: bytes.byteCount - 3, by: 4) {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
      body(Float(bitPattern: UInt32(littleEndian: word)))
    }
  }

  /// Whether no number is an infinity or not a number; without a branch an element.
  static func areFinite(_ bytes: RawSpan) -> Bool {
    // An exponent of ones, and no other, carries into the highest bit.
    var carries: UInt32 = 0
    for index in 0..<bytes.byteCount / 4 {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
      carries |= (UInt32(littleEndian: word) & 0x7FFF_FFFF) &+ 0x0080_0000
    }
    return carries >> 31 == 0
  }
}
