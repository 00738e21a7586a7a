/// A weight file whose header has been checked against its bytes.
package struct SafetensorsFile: Hashable, Sendable {
  /// What the header says of one tensor.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package let elementType: ElementType
    package let shape: [Int]
    /// Where its elements lie, in bytes from the beginning of the file.
    package let byteRange: Range<Int>
  }

  /// Free text about the file, from `__metadata__`.
  package let metadata: [String: String]
  /// The tensors in the order of their bytes.
  package let entries: [Entry]
  private let bytes: [UInt8]

  init(metadata: [String: String], entries: [Entry], bytes: [UInt8]) {
    self.metadata = metadata
    self.entries = entries
    self.bytes = bytes
  }

  /// Every tensor by name, widened or rounded to 32-bit floating point.
  ///
  /// - Throws: `WeightFileError` naming a tensor that is not F32, F16, BF16 or F64.
  package func tensors() throws(WeightFileError) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for entry in entries { tensors[entry.name] = try tensor(entry) }
    return tensors
  }

  /// One tensor, widened or rounded to 32-bit floating point.
  ///
  /// - Throws: `WeightFileError` when it is not F32, F16, BF16 or F64, or when a finite F64 value
  ///   is out of the range of F32.
  package func tensor(_ entry: Entry) throws(WeightFileError) -> Tensor {
    let values: [Float]
    switch entry.elementType {
    case .float32: values = elements(entry).map { Float(bitPattern: $0) }
    case .float16:
      values = elements(entry).map { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
    case .bfloat16:
      values = elements(entry).map { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .float64: values = try rounded(entry)
    default:
      throw WeightFileError(
        "tensor '\(entry.name)' is \(entry.elementType.rawValue); weights are read from F32, F16, "
          + "BF16 or F64")
    }
    return Tensor(shape: entry.shape, values: values)
  }

  private func rounded(_ entry: Entry) throws(WeightFileError) -> [Float] {
    let wide: [UInt64] = elements(entry)
    var values: [Float] = []
    values.reserveCapacity(wide.count)
    for bits in wide {
      let value = Double(bitPattern: bits)
      let narrow = Float(value)
      guard narrow.isFinite || !value.isFinite else {
        throw WeightFileError(
          "tensor '\(entry.name)' holds \(value), which is out of the range of F32")
      }
      values.append(narrow)
    }
    return values
  }

  /// The little-endian words of a tensor.
  private func elements<Word: FixedWidthInteger>(_ entry: Entry) -> [Word] {
    let width = Word.bitWidth / 8
    return (0..<entry.byteRange.count / width).map { index in
      let start = entry.byteRange.lowerBound + index * width
      var word: Word = 0
      for offset in 0..<width {
        word |= Word(truncatingIfNeeded: bytes[start + offset]) << (8 * offset)
      }
      return word
    }
  }
}
