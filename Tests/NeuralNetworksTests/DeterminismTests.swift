import Testing

@testable import NeuralNetworks

@Suite("The same inputs give the same bits")
struct DeterminismTests {
  private static let architectures = ["temporal-cnn", "mlp", "small-cnn", "resnet"]
  private static let small = [
    "temporal-cnn": ["width": 4, "features": 5], "mlp": ["hidden": 7, "features": 5],
    "small-cnn": ["width": 2, "features": 5], "resnet": ["width": 2, "blocks": 1],
  ]

  private func network(_ architecture: String) throws -> (Network, [Int]) {
    let shape = architecture == "temporal-cnn" ? [1, 9, 3] : [8, 6, 3]
    let network = try probeNetwork(
      architecture, inputShape: shape, hyperparameters: Self.small[architecture] ?? [:])
    return (network, shape)
  }

  private func trained(_ architecture: String, seed: UInt64 = 3, threads: Int) throws -> Network {
    var (network, shape) = try network(architecture)
    let settings = TrainingSettings(
      epochs: 2, batchSize: 20, learningRate: 0.05, weightDecay: 1e-3, seed: seed)
    try train(&network, on: probeExamples(45, shape), settings: settings, threads: threads)
    return network
  }

  @Test("training gives the same weights on 1, 2 and 4 threads", arguments: architectures)
  func training(_ architecture: String) throws {
    let one = try trained(architecture, threads: 1)
    for threads in [1, 2, 4] {
      #expect(try trained(architecture, threads: threads).tensors == one.tensors)
    }
    #expect(one.tensors != (try network(architecture)).0.tensors)
    #expect(one.tensors.allSatisfy { $0.tensor.values.allSatisfy { $0.isFinite } })
  }

  @Test(
    "tensors that several workers share move by the rule, on 1, 2 and 4 threads",
    arguments: [Optimiser.Rule.sgd(momentum: 0.9), .adam()])
  func sharedTensors(_ rule: Optimiser.Rule) throws {
    // 60·600 weights are three runs of elements.
    let shape = [1, 20, 3]
    func moved(threads: Int) throws -> (before: Network, after: Network, gradients: [[Float]]) {
      var network = try probeNetwork(
        "mlp", inputShape: shape, hyperparameters: ["hidden": 600, "features": 40])
      let before = network
      let examples = probeExamples(30, shape)
      let gradients = network.weightedLoss(
        inputs: examples.inputs, labels: examples.labels,
        weights: [Float](repeating: 1 / 30, count: 30), mode: .training, scope: .all,
        threads: threads
      ).gradients
      var optimiser = Optimiser(rule)
      for _ in 0..<2 {
        optimiser.step(&network, gradients, learningRate: 0.5, threads: threads)
      }
      return (before, network, gradients.values)
    }
    let one = try moved(threads: 1)
    #expect(one.before.tensors.contains { $0.tensor.values.count == 36_000 })
    for threads in [2, 4] {
      #expect(try moved(threads: threads).after.tensors == one.after.tensors)
    }
    guard case .sgd = rule else { return }
    // v₁ = g, v₂ = 0.9·g + g.
    for (index, (old, new)) in zip(one.before.tensors, one.after.tensors).enumerated() {
      let expected = zip(old.tensor.values, one.gradients[index]).map { weight, gradient in
        weight - 0.5 * gradient - 0.5 * (0.9 * gradient + gradient)
      }
      #expect(new.tensor.values == expected, "\(new.name)")
    }
  }

  @Test("the order of the records comes from the seed")
  func order() throws {
    #expect(
      try trained("mlp", seed: 3, threads: 1).tensors != trained("mlp", seed: 4, threads: 1).tensors
    )
  }

  @Test(
    "inference gives the same features and logits on 1, 2 and 4 threads", arguments: architectures)
  func inference(_ architecture: String) throws {
    let (network, shape) = try network(architecture)
    let inputs = probeExamples(37, shape).inputs
    let features = network.features(of: inputs, threads: 1)
    let logits = network.logits(of: inputs, threads: 1)
    #expect(features.shape == [37, network.featureCount])
    #expect(logits == network.classifier.logits(of: features))
    for threads in [2, 4] {
      #expect(network.features(of: inputs, threads: threads) == features)
      #expect(network.logits(of: inputs, threads: threads) == logits)
    }
  }

  @Test(
    "a record's features and logits are the same bits alone and among others",
    arguments: architectures + ["resnet18", "resnet50", "cifar-resnet20", "vgg11-bn"])
  func place(_ architecture: String) throws {
    let shape = architecture == "temporal-cnn" ? [1, 9, 3] : [32, 32, 3]
    let network = try probeNetwork(
      architecture, inputShape: shape,
      hyperparameters: Self.small[architecture] ?? ["vgg11-bn": ["hidden": 40]][architecture] ?? [:]
    )
    let inputs = probeExamples(13, shape).inputs
    let features = network.features(of: inputs, threads: 2)
    let logits = network.logits(of: inputs, threads: 2)
    for rows in [[0], [12], [7, 3, 11], Array(2..<11)] {
      let some = inputs.selectingRows(rows)
      #expect(network.features(of: some, threads: 1) == features.selectingRows(rows))
      #expect(network.logits(of: some, threads: 1) == logits.selectingRows(rows))
      #expect(
        network.classifier.logits(of: features.selectingRows(rows)) == logits.selectingRows(rows))
    }
  }

  @Test("frozen weighted losses are those of inference, and move nothing", arguments: architectures)
  func frozen(_ architecture: String) throws {
    var (network, shape) = try network(architecture)
    let before = network.tensors
    let examples = probeExamples(11, shape)
    let result = network.weightedLoss(
      inputs: examples.inputs, labels: examples.labels,
      weights: [Float](repeating: -0.5, count: 11), mode: .frozen, scope: .classifier, threads: 2)
    let logits = network.logits(of: examples.inputs, threads: 1)
    #expect(result.losses == Softmax.crossEntropy(logits, labels: examples.labels))
    #expect(network.tensors == before)
    #expect(result.gradients.values.dropLast(2).allSatisfy { $0.isEmpty })
  }
}
