/// One tensor of a weight file: what it is, and where in the file its elements lie.
package struct StoredTensor: Sendable {
  /// Where the elements are.
  enum Place: Sendable {
    /// One behind the other in row-major order, from this byte of the file on.
    case contiguous(Int)
    /// Here and there in a storage that lies in this range of the file.
    case scattered(TensorView, storage: Range<Int>)
  }

  /// As it stands in the file, for messages.
  package let name: String
  package let elementType: ElementType
  package let shape: [Int]
  let place: Place
  /// The CRC-32 of all its bytes, where the file has one of just these.
  var checksum: UInt32?

  var count: Int { Tensor.elementCount(shape) }

  /// - Throws: `WeightFileError` when the elements are not F32, F16, BF16 or F64.
  package func checkIsWeight() throws(WeightFileError) {
    switch elementType {
    case .float32, .float16, .bfloat16, .float64: return
    default:
      throw WeightFileError(
        "tensor '\(name)' is \(elementType.rawValue); weights are read from F32, F16, BF16 or F64")
    }
  }

  /// The whole tensor, widened or rounded to 32-bit floating point.
  ///
  /// - Throws: `WeightFileError` when it is not F32, F16, BF16 or F64, when a finite F64 value is out
  ///   of the range of F32, or when the file is damaged.
  func tensor(in bytes: StoredBytes) throws(WeightFileError) -> Tensor {
    var reader = try TensorReader(self, in: bytes)
    var values: [Float] = []
    values.reserveCapacity(count)
    while reader.remaining > 0 {
      values += try reader.floats(min(reader.remaining, TensorReader.pieceCount))
    }
    try reader.finish()
    return Tensor(shape: shape, values: values)
  }
}
