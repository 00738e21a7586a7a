import Testing

@testable import NeuralNetworks

@Suite("Training")
struct TrainingTests {
  private func network() throws -> Network {
    try probeNetwork("mlp", inputShape: [1, 2, 2], hyperparameters: ["hidden": 8, "features": 6])
  }

  @Test("the loss goes down to nearly nothing on records that can be learnt")
  func learns() throws {
    var network = try network()
    let examples = probeExamples(24, [1, 2, 2])
    var losses: [Double] = []
    let settings = TrainingSettings(
      epochs: 120, batchSize: 8, optimiser: .adam(), learningRate: 0.02, schedule: .constant,
      seed: 1)
    try train(&network, on: examples, settings: settings, threads: 1) {
      if $0.state != nil { losses.append($0.meanLoss) }
    }
    #expect(losses.count == 120)
    #expect(losses[0] > 0.9)
    #expect(losses[119] < 0.1)
  }

  @Test("training the classifier alone leaves every other tensor as it was")
  func scope() throws {
    var network = try network()
    let before = network.tensors
    let settings = TrainingSettings(
      epochs: 1, batchSize: 8, learningRate: 0.1, weightDecay: 0.1, seed: 1, scope: .classifier,
      batchNormalisation: .frozen)
    try train(&network, on: probeExamples(24, [1, 2, 2]), settings: settings, threads: 1)
    for (old, new) in zip(before, network.tensors) {
      #expect((old.tensor == new.tensor) == (old.part == .extractor), "\(old.name)")
    }
  }

  @Test("what progress throws ends the training")
  func cancel() throws {
    struct Stop: Error {}
    var network = try network()
    var epochs = 0
    let settings = TrainingSettings(epochs: 9, batchSize: 8, learningRate: 0.1, seed: 1)
    #expect(throws: Stop.self) {
      try train(&network, on: probeExamples(24, [1, 2, 2]), settings: settings, threads: 1) {
        epochs = $0.epoch
        if $0.epoch == 2 { throw Stop() }
      }
    }
    #expect(epochs == 2)
  }

  @Test("progress tells every step, and the state at the end of every epoch")
  func progress() throws {
    var network = try network()
    let settings = TrainingSettings(epochs: 2, batchSize: 10, learningRate: 0.1, seed: 1)
    var seen: [[Int]] = []
    try train(&network, on: probeExamples(24, [1, 2, 2]), settings: settings, threads: 1) {
      seen.append([$0.epoch, $0.epochs, $0.step, $0.steps, $0.state?.epochsDone ?? 0])
    }
    #expect(
      seen == [
        [0, 2, 1, 6, 0], [0, 2, 2, 6, 0], [1, 2, 3, 6, 1], [1, 2, 4, 6, 0], [1, 2, 5, 6, 0],
        [2, 2, 6, 6, 2],
      ])
  }

  @Test("one-cycle goes up in a straight line and down a half cosine, changing with every step")
  func oneCycle() {
    let rates = (0..<10).map {
      Schedule.oneCycle(rise: 0.4).factor(epoch: 0, of: 1, step: $0, of: 10)
    }
    let expected = [0.25, 0.5, 0.75, 1, 1, 0.9330127, 0.75, 0.5, 0.25, 0.0669873]
    for (rate, expected) in zip(rates, expected) { #expect(abs(rate - expected) < 1e-7) }
    for rise in [0, 1] as [Double] {
      let ends = [0, 9].map {
        Schedule.oneCycle(rise: rise).factor(epoch: 0, of: 1, step: $0, of: 10)
      }
      #expect(ends[0] == (rise == 0 ? 1 : 0.1) && (rise == 1) == (ends[1] == 1))
    }
  }

  @Test("settings that cannot be are errors that name the value")
  func settings() throws {
    var network = try network()
    let examples = probeExamples(4, [1, 2, 2])
    for (settings, reason) in [
      (TrainingSettings(epochs: 1, batchSize: 0, learningRate: 0.1, seed: 1), "batches of 0"),
      (TrainingSettings(epochs: -1, batchSize: 1, learningRate: 0.1, seed: 1), "-1 epochs"),
      (
        TrainingSettings(epochs: 1, batchSize: 1, learningRate: .nan, seed: 1),
        "a learning rate of nan"
      ),
      (
        TrainingSettings(
          epochs: 1, batchSize: 1, learningRate: 0.1, schedule: .oneCycle(rise: 1.5), seed: 1),
        "a rise over 1.5 of all steps"
      ),
    ] {
      #expect(throws: NetworkError.invalidSettings(reason)) {
        try train(&network, on: examples, settings: settings, threads: 1)
      }
    }
    let none = examples.selecting([])
    #expect(throws: NetworkError.invalidSettings("no records to train on")) {
      try train(
        &network, on: none,
        settings: TrainingSettings(epochs: 1, batchSize: 1, learningRate: 0.1, seed: 1), threads: 1)
    }
  }

  @Test("every epoch sees every record once, and no batch of one")
  func batches() {
    for count in 1..<40 {
      let batches = Batches.indices(count: count, batchSize: 4, seed: 7, epoch: 2)
      #expect(batches.flatMap { $0 }.sorted() == Array(0..<count))
      #expect(count == 1 || batches.allSatisfy { 2...5 ~= $0.count })
    }
    #expect(
      Batches.indices(count: 30, batchSize: 4, seed: 7, epoch: 0)
        != Batches.indices(count: 30, batchSize: 4, seed: 7, epoch: 1))
  }

  @Test("the subgradient of the l1 norm is its strength times the sign, within the scope")
  func l1() throws {
    var network = try network()
    network.classifier.bias.values[1] = 0
    let examples = probeExamples(4, [1, 2, 2])
    let result = network.weightedLoss(
      inputs: examples.inputs, labels: examples.labels, weights: [1, 1, 1, 1], mode: .frozen,
      scope: .all, threads: 1)
    var changed = result.gradients
    changed.addSubgradientOfL1(0.25, .classifier, of: network)
    for (index, named) in network.tensors.enumerated() {
      for (place, weight) in named.tensor.values.enumerated() {
        let difference = changed.values[index][place] - result.gradients.values[index][place]
        let sign: Float = weight > 0 ? 0.25 : weight < 0 ? -0.25 : 0
        #expect(abs(difference - (named.part == .classifier ? sign : 0)) < 1e-6)
      }
    }
    var doubled = result.gradients
    doubled.add(result.gradients)
    #expect(doubled.values[0] == result.gradients.values[0].map { 2 * $0 })
  }
}
