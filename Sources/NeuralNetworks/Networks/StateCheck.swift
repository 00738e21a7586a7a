/// Whether tensors are those an architecture asks for.
enum StateCheck {
  /// - Throws: `NetworkError.stateMismatch` with every missing, unexpected and misshapen name.
  static func check(
    _ found: [String: [Int]], against shapes: [(name: String, shape: [Int])]
  ) throws(NetworkError) {
    let expected = Set(shapes.map(\.name))
    let missing = shapes.map(\.name).filter { found[$0] == nil }
    let unexpected = found.keys.filter {
      !expected.contains($0) && !$0.hasSuffix(".num_batches_tracked")
    }.sorted()
    let misshapen = shapes.compactMap { name, shape -> String? in
      guard let other = found[name], other != shape else { return nil }
      return "\(name) \(other) instead of \(shape)"
    }
    guard missing.isEmpty, unexpected.isEmpty, misshapen.isEmpty else {
      throw NetworkError.stateMismatch(
        missing: missing, unexpected: unexpected, misshapen: misshapen)
    }
  }
}
