/// A dense array of floats: row-major, channels last.
///
/// Inputs are `[images, height, width, channels]`; a series has height 1.
package struct Tensor: Hashable, Sendable {
  package let shape: [Int]
  /// In row-major order; there are as many as the product of the shape, always.
  package var values: [Float] {
    didSet {
      // Without `oldValue`, which would copy the array at every change of an element.
      precondition(values.count == Self.elementCount(shape), "a tensor cannot change its size")
    }
  }

  /// A tensor over the given values.
  ///
  /// The count of `values` is the product of `shape`, or the caller is broken.
  package init(shape: [Int], values: [Float]) {
    precondition(
      values.count == Self.elementCount(shape),
      "\(values.count) values do not fill the shape \(shape)")
    self.shape = shape
    self.values = values
  }

  package init(zeros shape: [Int]) {
    self.init(
      shape: shape, values: [Float](repeating: 0, count: Self.elementCount(shape)))
  }

  /// The product of the extents; 1 for the shape of a scalar.
  package static func elementCount(_ shape: [Int]) -> Int { shape.reduce(1, *) }

  /// The rows of the first extent with the given indices, in their order.
  ///
  /// An index out of range is a broken caller.
  package func selectingRows(_ indices: [Int]) -> Tensor {
    let rowCount = shape[0]
    let length = rowCount == 0 ? 0 : values.count / rowCount
    var selected: [Float] = []
    selected.reserveCapacity(indices.count * length)
    for index in indices {
      precondition(index >= 0 && index < rowCount, "row \(index) of \(rowCount)")
      selected.append(contentsOf: values[index * length..<(index + 1) * length])
    }
    return Tensor(shape: [indices.count] + shape.dropFirst(), values: selected)
  }
}
