/// The little-endian elements of one tensor within a file.
struct StoredElements {
  /// The tensor, for messages.
  let name: String
  let type: ElementType
  let bytes: [UInt8]
  /// Where element 0 lies, in bytes from the beginning of the file.
  let start: Int

  /// The elements at the given places, widened or rounded to 32-bit floating point.
  ///
  /// - Throws: `WeightFileError` when they are not F32, F16, BF16 or F64, or when a finite F64 value
  ///   is out of the range of F32.
  func floats(
    _ count: Int, at places: some Sequence<Int>
  ) throws(WeightFileError) -> [Float] {
    switch type {
    case .float32:
      return converted(count, at: places) { (bits: UInt32) in Float(bitPattern: bits) }
    case .float16:
      return converted(count, at: places) { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
    case .bfloat16:
      return converted(count, at: places) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16)
      }
    case .float64:
      var lost: Double?
      let values = converted(count, at: places) { (bits: UInt64) in
        let wide = Double(bitPattern: bits)
        let narrow = Float(wide)
        if wide.isFinite, !narrow.isFinite, lost == nil { lost = wide }
        return narrow
      }
      if let lost {
        throw WeightFileError("tensor '\(name)' holds \(lost), which is out of the range of F32")
      }
      return values
    default:
      throw WeightFileError(
        "tensor '\(name)' is \(type.rawValue); weights are read from F32, F16, BF16 or F64")
    }
  }

  /// The first `count` elements.
  func floats(_ count: Int) throws(WeightFileError) -> [Float] {
    try floats(count, at: 0..<count)
  }

  @inline(__always)
  private func converted<Word: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int, at places: some Sequence<Int>, _ convert: (Word) -> Float
  ) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(count)
    let width = Word.bitWidth / 8
    let raw = unsafe bytes.span.bytes  // Bytes have no padding.
    for place in places {
      // Checked against the bounds of the file; any bits are a value of the type.
      let word = unsafe raw.unsafeLoadUnaligned(
        fromByteOffset: start + place * width, as: Word.self)
      values.append(convert(Word(littleEndian: word)))
    }
    return values
  }
}
