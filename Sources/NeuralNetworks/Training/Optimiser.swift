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
  private(set) var memory = Memory()

  package init(_ rule: Rule, weightDecay: Double = 0) {
    self.rule = rule
    self.weightDecay = weightDecay
  }

  /// An optimiser that goes on where another of the same rule was.
  init(_ rule: Rule, weightDecay: Double, remembering memory: Memory) {
    self.init(rule, weightDecay: weightDecay)
    self.memory = memory
  }

  /// Moves the network's weights once.
  package mutating func step(
    _ network: inout Network, _ gradients: Gradients, learningRate: Double
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
      move(&tensors[index], gradients.values[index], index, learningRate)
    }
    network.replaceTensors(tensors, gradients.scope)
  }

  private mutating func move(
    _ tensor: inout Tensor, _ gradient: [Float], _ index: Int, _ learningRate: Double
  ) {
    var weights = tensor.values
    switch rule {
    case .sgd(let momentum):
      moveBySGD(&weights, gradient, index, Float(momentum), Float(learningRate))
    case .adam(let beta1, let beta2, let epsilon):
      moveByAdam(&weights, gradient, index, beta1, beta2, Float(epsilon), learningRate)
    }
    tensor.values = weights
  }

  private mutating func moveBySGD(
    _ weights: inout [Float], _ gradient: [Float], _ index: Int, _ momentum: Float, _ rate: Float
  ) {
    let decay = Float(weightDecay)
    var velocity = memory.firstMoments[index].mutableSpan
    var weights = weights.mutableSpan
    let gradient = gradient.span
    for place in gradient.indices {
      velocity[place] = momentum * velocity[place] + (gradient[place] + decay * weights[place])
      weights[place] -= rate * velocity[place]
    }
  }

  private mutating func moveByAdam(
    _ weights: inout [Float], _ gradient: [Float], _ index: Int, _ beta1: Double, _ beta2: Double,
    _ epsilon: Float, _ learningRate: Double
  ) {
    let decay = Float(weightDecay)
    let (b1, b2) = (Float(beta1), Float(beta2))
    let (a1, a2) = (Float(1 - beta1), Float(1 - beta2))
    let rate = Float(learningRate / (1 - Self.power(beta1, memory.stepCount)))
    let correction = Float((1 - Self.power(beta2, memory.stepCount)).squareRoot())
    var first = memory.firstMoments[index].mutableSpan
    var second = memory.secondMoments[index].mutableSpan
    var weights = weights.mutableSpan
    let gradient = gradient.span
    for place in gradient.indices {
      let g = gradient[place] + decay * weights[place]
      first[place] = b1 * first[place] + a1 * g
      second[place] = b2 * second[place] + a2 * g * g
      weights[place] -= rate * first[place] / (second[place].squareRoot() / correction + epsilon)
    }
  }

  /// A whole power by repeated multiplication, the same on every machine.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
