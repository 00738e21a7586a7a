import NeuralNetworks

/// One piece of work that both sides of the benchmark do.
struct Workload {
  static let names = [
    "resnet18-inference", "resnet50-inference", "resnet18-training", "resnet20-training",
  ]

  private var network: Network
  private let examples: Examples
  private let trains: Bool
  private let threads: Int
  private var optimiser = Optimiser(.sgd(momentum: 0.9), weightDecay: 5e-4)

  /// Nil for an unknown name.
  init?(_ name: String, batch: Int, threads: Int) throws {
    guard Self.names.contains(name) else { return nil }
    let (architecture, shape, classes, hyperparameters) = Self.network(name)
    let configuration = NetworkConfiguration(
      architecture: architecture, inputShape: shape, labelNames: (0..<classes).map(String.init),
      preprocessing: Preprocessing(
        mean: shape.suffix(1).flatMap { [Float](repeating: 0, count: $0) },
        standardDeviation: shape.suffix(1).flatMap { [Float](repeating: 1, count: $0) }),
      hyperparameters: hyperparameters)
    network = try Network(configuration, seed: 1)
    var generator = SeededGenerator(seed: 2)
    let inputs = (0..<batch * shape[0] * shape[1] * shape[2]).map { _ in
      Float(2 * generator.uniform() - 1)
    }
    examples = Examples(
      inputs: Tensor(shape: [batch] + shape, values: inputs),
      labels: (0..<batch).map { $0 % configuration.classCount })
    trains = name.hasSuffix("training")
    self.threads = threads
  }

  private static func network(
    _ name: String
  ) -> (architecture: String, shape: [Int], classes: Int, hyperparameters: [String: Int]) {
    switch name {
    case "resnet50-inference": ("resnet50", [256, 128, 3], 751, ["stem": 7])
    case "resnet20-training": ("cifar-resnet20", [28, 28, 1], 10, [:])
    default: ("resnet18", [32, 32, 3], 10, ["stem": 3])
    }
  }

  /// One forward pass over the batch, or one step of training.
  mutating func run() {
    guard trains else {
      _ = network.logits(of: examples.inputs, threads: threads)
      return
    }
    let weights = [Float](repeating: 1 / Float(examples.count), count: examples.count)
    let loss = network.weightedLoss(
      inputs: examples.inputs, labels: examples.labels, weights: weights, mode: .training,
      scope: .all, threads: threads)
    optimiser.step(&network, loss.gradients, learningRate: 0.01, threads: threads)
  }
}
