package import NeuralNetworks
package import Records

extension TensorChange {
  /// Compares every tensor bit by bit, in canonical order.
  ///
  /// - Throws: `VerificationError.differentTensors` naming the first that is not in both.
  package static func all(
    from original: Network, to candidate: Network
  ) throws(VerificationError) -> [TensorChange] {
    let before = original.tensors
    let after = candidate.tensors
    guard before.count == after.count else {
      let known = Set(before.map(\.name)).symmetricDifference(after.map(\.name))
      throw .differentTensors(name: known.min() ?? "")
    }
    var changes: [TensorChange] = []
    for (old, new) in zip(before, after) {
      guard old.name == new.name, old.tensor.shape == new.tensor.shape else {
        throw .differentTensors(name: old.name)
      }
      changes.append(change(old, new.tensor.values))
    }
    return changes
  }

  /// Compares every tensor of two networks in their files, bit by bit, in canonical order and in
  /// constant memory.
  ///
  /// - Throws: `VerificationError.differentTensors` naming the first that is not in both;
  ///   `WeightFileError` when a file cannot be read.
  package static func all(
    from original: StoredNetwork, to candidate: StoredNetwork
  ) throws -> [TensorChange] {
    let (before, after) = (original.places, candidate.places)
    guard before.count == after.count else {
      let known = Set(before.map(\.name)).symmetricDifference(after.map(\.name))
      throw VerificationError.differentTensors(name: known.min() ?? "")
    }
    var changes: [TensorChange] = []
    for (old, new) in zip(before, after) {
      guard old.name == new.name, old.shape == new.shape else {
        throw VerificationError.differentTensors(name: old.name)
      }
      var comparison = TensorComparison()
      try original.forEachPiece(of: old.name, with: candidate) { comparison.add($0, $1) }
      changes.append(
        comparison.change(of: old.name, part: part(old.part, isBuffer: old.isBuffer)))
    }
    return changes
  }

  private static func change(_ old: NamedTensor, _ new: [Float]) -> TensorChange {
    var comparison = TensorComparison()
    comparison.add(old.tensor.values.span, new.span)
    return comparison.change(of: old.name, part: part(old.part, isBuffer: old.isBuffer))
  }

  private static func part(_ part: NetworkPart, isBuffer: Bool) -> Part {
    switch part {
    case .classifier: .classifierParameter
    case .extractor: isBuffer ? .extractorBuffer : .extractorParameter
    }
  }
}

/// What differs between two tensors whose elements come piece by piece.
private struct TensorComparison {
  private var elementCount = 0
  private var changedCount = 0
  private var difference = 0.0
  private var norm = 0.0

  /// Takes the next elements of both, of which there are as many.
  mutating func add(_ old: Span<Float>, _ new: Span<Float>) {
    precondition(old.count == new.count, "\(old.count) and \(new.count) elements")
    for index in 0..<old.count {
      let (a, b) = (old[index], new[index])
      if a.bitPattern != b.bitPattern { changedCount += 1 }
      difference += (Double(b) - Double(a)) * (Double(b) - Double(a))
      norm += Double(a) * Double(a)
    }
    elementCount += old.count
  }

  func change(of name: String, part: TensorChange.Part) -> TensorChange {
    TensorChange(
      name: name, part: part, elementCount: elementCount, changedCount: changedCount,
      relativeChangePartsPerMillion: norm > 0
        ? Parts.perMillion((difference / norm).squareRoot()) : nil)
  }
}
