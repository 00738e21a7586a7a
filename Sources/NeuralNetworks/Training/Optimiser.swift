/// A rule that turns gradients into steps; it remembers what it needs between them.
///
/// Weight decay is added to the gradient, g ← g + λ·w, and moments begin as in PyTorch. Tensors
/// without a gradient (buffers, and what lies outside the scope) stay as they are.
package struct Optimiser: Sendable {
  package enum Rule: Hashable, Sendable {
    /// v ← μ·v + g (v = g at first), w ← w − η·v.
    case sgd(momentum: Double)
    /// Adam (Kingma and Ba, 2015): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and
    /// w ← w − η/(1 − β₁ᵗ)·m/(√v/√(1 − β₂ᵗ) + ε).
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
  }

  /// What it remembers between steps.
  package struct Memory: Hashable, Sendable {
    package internal(set) var stepCount = 0
    /// In the canonical order of the network's tensors, empty for those that do not move; none at all
    /// before the first step.
    var firstMoments: [[Float]] = []
    /// Likewise; none for SGD.
    var secondMoments: [[Float]] = []
  }

  package let rule: Rule
  package let weightDecay: Double
  var memory = Memory()

  package init(_ rule: Rule, weightDecay: Double = 0) {
    self.rule = rule
    self.weightDecay = weightDecay
  }

  /// An optimiser that goes on where another of the same rule was.
  init(_ rule: Rule, weightDecay: Double, remembering memory: Memory) {
    self.init(rule, weightDecay: weightDecay)
    self.memory = memory
  }

  /// Moves the network's weights once; nothing depends on the number of threads.
  package mutating func step(
    _ network: inout Network, _ gradients: Gradients, learningRate: Double, threads: Int = 1
  ) {
    var tensors = network.allTensors
    precondition(tensors.count == gradients.values.count, "gradients of another network")
    memory.stepCount += 1
    if memory.stepCount == 1 {
      memory.firstMoments = gradients.values.map { [Float](repeating: 0, count: $0.count) }
      if case .adam = rule { memory.secondMoments = memory.firstMoments }
    }
    for index in tensors.indices where !gradients.values[index].isEmpty {
      precondition(
        memory.firstMoments[index].count == gradients.values[index].count, "the scope cannot change"
      )
      tensors[index].values = moved(
        tensors[index].values, gradients.values[index], index, learningRate, threads)
    }
    network.replaceTensors(tensors, gradients.scope)
  }
}
