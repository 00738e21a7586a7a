/// A storage that a pickle mentions: its type, the key its bytes are found by, its element count.
struct StorageReference: Hashable, Sendable {
  let type: StorageType
  let key: String
  let count: Int
}

/// A tensor as a view of a storage: which elements, by offset, shape and strides.
struct TensorView: Sendable {
  /// More than PyTorch itself can take part in an operation with.
  static let dimensionLimit = 64

  let storage: StorageReference
  /// The first element.
  let offset: Int
  let shape: [Int]
  /// In elements, one for each extent.
  let strides: [Int]

  /// A view that lies within its storage and has no more elements than it.
  ///
  /// - Throws: `WeightFileError` naming what does not fit.
  init(
    _ storage: StorageReference, offset: Int, shape: [Int], strides: [Int]
  ) throws(WeightFileError) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
    let told = "offset \(offset), shape \(shape) and strides \(strides)"
    guard shape.count == strides.count, shape.count <= Self.dimensionLimit, offset >= 0,
      shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 })
    else { throw WeightFileError("a tensor has \(told)") }
    guard let last = Self.last(offset, shape, strides), last < storage.count else {
      throw WeightFileError(
        "a tensor of \(told) reaches out of its storage '\(storage.key)' of \(storage.count) "
          + "elements")
    }
    guard let count = Self.count(shape), count <= storage.count else {
      throw WeightFileError(
        "a tensor of \(told) has more elements than its storage '\(storage.key)' of "
          + "\(storage.count)")
    }
  }

  var count: Int { Tensor.elementCount(shape) }

  /// Whether the elements lie one behind the other in row-major order.
  var isContiguous: Bool {
    guard count > 0 else { return true }
    var expected = 1
    for (extent, stride) in zip(shape, strides).reversed() where extent != 1 {
      guard stride == expected else { return false }
      expected *= extent
    }
    return true
  }

  /// Whether the elements are those of the storage, in their order.
  var isWholeStorage: Bool { isContiguous && offset == 0 && count == storage.count }

  /// The number of elements, nil if no memory is so large.
  private static func count(_ shape: [Int]) -> Int? {
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, extent))
      guard !overflow else { return nil }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }

  /// The largest place of an element, −1 if there is none, nil if no memory is so large.
  private static func last(_ offset: Int, _ shape: [Int], _ strides: [Int]) -> Int? {
    if shape.contains(0) { return -1 }
    var last = offset
    for (extent, stride) in zip(shape, strides) {
      let (reach, overflow) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, carry) = last.addingReportingOverflow(reach)
      guard !overflow, !carry else { return nil }
      last = sum
    }
    return last
  }
}

extension TensorView {
  /// The place of every element in the storage, in row-major order.
  struct Places: Sequence, IteratorProtocol {
    let view: TensorView
    private var index: [Int]
    private var place: Int
    private var remaining: Int

    init(_ view: TensorView) {
      self.view = view
      index = [Int](repeating: 0, count: view.shape.count)
      place = view.offset
      remaining = view.count
    }

    mutating func next() -> Int? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      defer { advance() }
      return place
    }

    private mutating func advance() {
      for axis in index.indices.reversed() {
        index[axis] += 1
        place &+= view.strides[axis]  // Of an extent of 1 the stride may be any number.
        guard index[axis] == view.shape[axis] else { break }
        place &-= view.strides[axis] &* view.shape[axis]
        index[axis] = 0
      }
    }
  }
}
