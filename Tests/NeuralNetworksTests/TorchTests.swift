import Testing

@testable import NeuralNetworks

@Suite("Agreement with PyTorch")
struct TorchTests {
  @Test("losses, every gradient and every running statistic are PyTorch's", arguments: torchFigures)
  func figures(_ figures: TorchFigures) throws {
    var network = try probeNetwork(
      figures.architecture, inputShape: figures.inputShape,
      hyperparameters: figures.hyperparameters)
    let examples = probeExamples(10, figures.inputShape)
    let result = network.weightedLoss(
      inputs: examples.inputs, labels: examples.labels, weights: TorchFigures.weights,
      mode: figures.mode, scope: .all, threads: 2)
    for (loss, expected) in zip(result.losses, figures.losses) {
      #expect(abs(Double(loss) - expected) < 2e-6)
    }
    let parameters = zip(network.tensors, result.gradients.values).filter { !$0.0.isBuffer }
    #expect(parameters.map(\.0.name) == figures.gradients.map(\.key))
    for (place, parameter) in parameters.enumerated() {
      let found = summary(parameter.1, series: 500 + place)
      compare(found, figures.gradients[place].value, parameter.0.name)
    }
    let buffers = network.tensors.filter(\.isBuffer)
    #expect(buffers.map(\.name) == figures.buffers.map(\.key))
    for (place, buffer) in buffers.enumerated() {
      let found = summary(buffer.tensor.values, series: 500 + place)
      compare(found, figures.buffers[place].value, buffer.name)
    }
  }

  @Test("four steps of every optimiser are PyTorch's", arguments: optimiserFigures)
  func optimisers(_ figures: OptimiserFigures) throws {
    let shape = [1, 7, 3]
    var network = try probeNetwork(
      "temporal-cnn", inputShape: shape,
      hyperparameters: ["width": 4, "kernel": 5, "features": 5])
    let examples = probeExamples(10, shape)
    var optimiser = Optimiser(figures.rule, weightDecay: 0.01)
    for _ in 0..<4 {
      let loss = network.weightedLoss(
        inputs: examples.inputs, labels: examples.labels,
        weights: [Float](repeating: 0.1, count: 10), mode: .training, scope: .all, threads: 1)
      optimiser.step(&network, loss.gradients, learningRate: 0.05)
    }
    #expect(network.tensors.map(\.name) == figures.tensors.map(\.key))
    for (place, named) in network.tensors.enumerated() {
      let found = summary(named.tensor.values, series: 500 + place)
      compare(found, figures.tensors[place].value, named.name)
    }
  }

  @Test("learning rates go down as PyTorch's schedulers")
  func schedules() {
    let cosine = [
      0.1, 0.0950484434, 0.0811744901, 0.0611260467, 0.0388739533, 0.0188255099, 0.0049515566,
    ]
    let step = [0.1, 0.1, 0.1, 0.02, 0.02, 0.02, 0.004]
    for epoch in 0..<7 {
      func factor(_ schedule: Schedule) -> Double {
        schedule.factor(epoch: epoch, of: 7, step: 2 * epoch + 1, of: 14)
      }
      #expect(abs(0.1 * factor(.cosine) - cosine[epoch]) < 1e-9)
      #expect(abs(0.1 * factor(.step(every: 3, factor: 0.2)) - step[epoch]) < 1e-9)
      #expect(factor(.constant) == 1)
    }
  }

  /// Both numbers within 2·10⁻⁵ of the sum of magnitudes.
  private func compare(_ found: [Double], _ expected: [Double], _ name: String) {
    let tolerance = 2e-5 * expected[0] + 1e-9
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) < tolerance, "\(name): \(found), PyTorch \(expected)")
    }
  }
}
