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
    let elements = StoredElements(
      name: entry.name, type: entry.elementType, bytes: bytes, start: entry.byteRange.lowerBound)
    return Tensor(
      shape: entry.shape, values: try elements.floats(Tensor.elementCount(entry.shape)))
  }
}
