import NeuralNetworks
import Records
import Unlearning

/// A small network for short series, three classes that it has learnt, and the recipes to unlearn one.
enum SmallNetwork {
  static let environment = NumericEnvironment(
    architecture: "test", matrixLibrary: "test", matrixKernel: "test", engine: "test")

  /// Series whose class decides which of three channels swings.
  static func examples(perClass: Int, seed: UInt64) -> Examples {
    var generator = SeededGenerator(seed: seed)
    var values: [Float] = []
    let labels = (0..<3 * perClass).map { $0 % 3 }
    for label in labels {
      for frame in 0..<8 {
        for channel in 0..<3 {
          let swing: Float = channel == label ? (frame % 2 == 0 ? 1.5 : -1) : 0
          values.append(swing + Float(generator.uniform() - 0.5))
        }
      }
    }
    return Examples(inputs: Tensor(shape: [labels.count, 1, 8, 3], values: values), labels: labels)
  }

  static let training = examples(perClass: 12, seed: 5)

  /// The training records of a class, or of the others.
  static func records(of label: Int, in examples: Examples = training) -> Examples {
    examples.selecting(examples.labels.indices.filter { examples.labels[$0] == label })
  }

  static func records(without label: Int, in examples: Examples = training) -> Examples {
    examples.selecting(examples.labels.indices.filter { examples.labels[$0] != label })
  }

  /// The network that has learnt the training records; made once.
  static func trained() throws -> Network { try made.get() }

  private static let made = Result { try makeTrained() }

  private static func makeTrained() throws -> Network {
    let configuration = NetworkConfiguration(
      architecture: "temporal-cnn", inputShape: [1, 8, 3], labelNames: ["a", "b", "c"],
      preprocessing: try Preprocessing(standardising: training),
      hyperparameters: ["width": 4, "kernel": 3, "features": 6])
    var network = try Network(configuration, seed: 3)
    try train(
      &network, on: training,
      settings: TrainingSettings(
        epochs: 25, batchSize: 12, optimiser: .adam(), learningRate: 0.02, seed: 4), threads: 1)
    return network
  }

  static func run(
    _ method: String, on network: Network, forget: Examples = records(of: 1),
    retain: Examples? = nil, choices: [String: String] = [:], constants: [String: Int] = [:],
    seed: UInt64 = 7, threads: Int = 1
  ) throws -> UnlearningResult {
    let recipe = try UnlearningMethods.recipe(
      method: method, overridingChoices: choices, constants: constants, seed: seed,
      environment: environment)
    return try UnlearningMethods.named(method).run(
      UnlearningInput(
        network: network, forget: forget, retain: retain, recipe: recipe, threads: threads))
  }

  static func accuracy(_ network: Network, _ examples: Examples) -> Double {
    let logits = network.logits(of: examples.inputs, threads: 1)
    let hits = examples.labels.enumerated().filter { row, label in
      let scores = logits.values[row * 3..<(row + 1) * 3]
      return scores.max() == scores[row * 3 + label]
    }
    return Double(hits.count) / Double(examples.count)
  }
}

extension Network {
  /// Every value of every tensor, bit by bit.
  var bitPatterns: [UInt32] { tensors.flatMap { $0.tensor.values.map(\.bitPattern) } }

  /// The tensors of a part, or its buffers, bit by bit.
  func bitPatterns(_ part: NetworkPart, buffers: Bool = false) -> [UInt32] {
    tensors.filter { $0.part == part && $0.isBuffer == buffers }
      .flatMap { $0.tensor.values.map(\.bitPattern) }
  }
}
