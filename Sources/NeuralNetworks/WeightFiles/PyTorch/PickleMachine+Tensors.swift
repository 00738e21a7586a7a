/// The arguments that stand for dictionaries, storages and tensors.
extension PickleMachine {
  /// The entries of `OrderedDict()` or `OrderedDict([[key, value], …])`.
  mutating func pairs(_ arguments: [Pickle.Value]) throws(WeightFileError) -> [Pickle.Entry] {
    guard let first = arguments.first else { return [] }
    guard arguments.count == 1, case .list(let place) = first else {
      throw failure("an ordered dictionary is made of \(first.kind)")
    }
    pairCount += pickle.sequences[place].count
    guard pairCount <= Self.pairLimit else {
      throw failure("ordered dictionaries are made of more than \(Self.pairLimit) pairs")
    }
    var entries: [Pickle.Entry] = []
    for pair in pickle.sequences[place] {
      guard let elements = elements(of: pair), elements.count == 2 else {
        throw failure("an ordered dictionary is made of \(pair.kind)")
      }
      entries.append((elements[0], elements[1]))
    }
    return entries
  }

  private func elements(of value: Pickle.Value) -> [Pickle.Value]? {
    switch value {
    case .tuple(let place), .list(let place): pickle.sequences[place]
    default: nil
    }
  }

  /// The tuple `('storage', type, key, location, element count)`, older files with None behind.
  func storage(_ identifier: Pickle.Value) throws(WeightFileError) -> StorageReference {
    guard let elements = pickle.elements(ofTuple: identifier), 5...6 ~= elements.count,
      elements[0].text == "storage", case .global(.storage(let type)) = elements[1],
      let key = elements[2].text, elements[3].text != nil, let count = elements[4].integer
    else { throw failure("a persistent identifier is not that of a storage") }
    guard isNone(elements.dropFirst(5)) else {
      throw failure("the storage '\(key)' is a view of another, as only very old files have them")
    }
    guard count >= 0 else { throw failure("the storage '\(key)' has \(count) elements") }
    return StorageReference(type: type, key: key, count: count)
  }

  private func isNone(_ values: ArraySlice<Pickle.Value>) -> Bool {
    values.allSatisfy { if case .none = $0 { true } else { false } }
  }

  /// The tensor of `(storage, offset, shape, strides, …)`; whether it wants gradients does not matter.
  func tensorView(_ arguments: [Pickle.Value]) throws(WeightFileError) -> TensorView {
    guard 4...7 ~= arguments.count, case .storage(let storage) = arguments[0],
      let offset = arguments[1].integer, let shape = try integers(arguments[2]),
      let strides = try integers(arguments[3])
    else { throw failure("a tensor is not made of a storage, an offset, a shape and strides") }
    do {
      return try TensorView(storage, offset: offset, shape: shape, strides: strides)
    } catch {
      throw failure(error.description)
    }
  }

  private func integers(_ value: Pickle.Value) throws(WeightFileError) -> [Int]? {
    guard let elements = pickle.elements(ofTuple: value) else { return nil }
    guard elements.count <= TensorView.dimensionLimit else {
      throw failure(
        "a tensor has \(elements.count) extents; at most \(TensorView.dimensionLimit) are accepted")
    }
    let integers = elements.compactMap(\.integer)
    return integers.count == elements.count ? integers : nil
  }
}
