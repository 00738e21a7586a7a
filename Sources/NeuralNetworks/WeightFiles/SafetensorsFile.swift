/// A weight file whose header has been checked against its size; its elements are read when asked for.
package struct SafetensorsFile: Sendable {
  /// What the header says of one tensor.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package let elementType: ElementType
    package let shape: [Int]
    /// Where its elements lie, in bytes from the beginning of the file.
    package let byteRange: Range<Int>

    var stored: StoredTensor {
      StoredTensor(
        name: name, elementType: elementType, shape: shape,
        place: .contiguous(byteRange.lowerBound))
    }
  }

  /// Free text about the file, from `__metadata__`.
  package let metadata: [String: String]
  /// The tensors in the order of their bytes.
  package let entries: [Entry]
  let bytes: StoredBytes

  init(metadata: [String: String], entries: [Entry], bytes: StoredBytes) {
    self.metadata = metadata
    self.entries = entries
    self.bytes = bytes
  }

  /// Every tensor by name, widened or rounded to 32-bit floating point.
  ///
  /// - Throws: `WeightFileError` naming a tensor that is not F32, F16, BF16 or F64, or that holds a
  ///   finite F64 value out of the range of F32.
  package func tensors() throws(WeightFileError) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for entry in entries { tensors[entry.name] = try entry.stored.tensor(in: bytes) }
    return tensors
  }

  /// The tensors by name; none is read.
  package var storedTensors: [String: StoredTensor] {
    Dictionary(entries.map { ($0.name, $0.stored) }, uniquingKeysWith: { $1 })
  }
}
