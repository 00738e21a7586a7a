/// Which weights a step may move.
package enum TrainableScope: String, Hashable, Sendable, Codable {
  /// The classifier alone.
  case classifier
  /// The extractor and the classifier.
  case all
}

/// The gradient of a loss with respect to the weights of a network.
package struct Gradients: Sendable {
  package let scope: TrainableScope
  /// In the canonical order of the network's tensors; empty for buffers and outside the scope.
  package var values: [[Float]]

  /// Adds `scale` times another gradient of the same network and scope.
  package mutating func add(_ other: Gradients, scaledBy scale: Float = 1) {
    precondition(
      other.values.map(\.count) == values.map(\.count), "gradients of different networks or scopes")
    for tensor in values.indices {
      for index in values[tensor].indices {
        values[tensor][index] += scale * other.values[tensor][index]
      }
    }
  }

  /// Adds the subgradient strength·sign(w) of strength·‖w‖₁ over the tensors of a scope.
  ///
  /// A weight of exactly 0 gets 0.
  package mutating func addSubgradientOfL1(
    _ strength: Double, _ scope: TrainableScope, of network: Network
  ) {
    for (index, named) in network.tensors.enumerated() where !values[index].isEmpty {
      guard scope == .all || named.part == .classifier else { continue }
      for (place, weight) in named.tensor.values.enumerated() where weight != 0 {
        values[index][place] += weight > 0 ? Float(strength) : -Float(strength)
      }
    }
  }
}
