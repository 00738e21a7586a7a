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

  private static func change(_ old: NamedTensor, _ new: [Float]) -> TensorChange {
    var changed = 0
    var difference = 0.0
    var norm = 0.0
    for (a, b) in zip(old.tensor.values, new) {
      if a.bitPattern != b.bitPattern { changed += 1 }
      difference += (Double(b) - Double(a)) * (Double(b) - Double(a))
      norm += Double(a) * Double(a)
    }
    return TensorChange(
      name: old.name, part: part(old), elementCount: new.count, changedCount: changed,
      relativeChangePartsPerMillion: norm > 0
        ? Parts.perMillion((difference / norm).squareRoot()) : nil)
  }

  private static func part(_ tensor: NamedTensor) -> Part {
    switch tensor.part {
    case .classifier: .classifierParameter
    case .extractor: tensor.isBuffer ? .extractorBuffer : .extractorParameter
    }
  }
}
