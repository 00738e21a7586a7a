/// Whether tensors are those an architecture asks for.
enum StateCheck {
  /// - Throws: `NetworkError.stateMismatch` with every missing, unexpected and misshapen name.
  static func check(
    _ tensors: [String: Tensor], against shapes: [(name: String, shape: [Int])]
  ) throws(NetworkError) {
    let expected = Set(shapes.map(\.name))
    let missing = shapes.map(\.name).filter { tensors[$0] == nil }
    let unexpected = tensors.keys.filter {
      !expected.contains($0) && !$0.hasSuffix(".num_batches_tracked")
    }.sorted()
    let misshapen = shapes.compactMap { name, shape -> String? in
      guard let found = tensors[name]?.shape, found != shape else { return nil }
      return "\(name) \(found) instead of \(shape)"
    }
    guard missing.isEmpty, unexpected.isEmpty, misshapen.isEmpty else {
      throw NetworkError.stateMismatch(
        missing: missing, unexpected: unexpected, misshapen: misshapen)
    }
  }
}
