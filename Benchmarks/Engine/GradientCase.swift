import Foundation
import NeuralNetworks

/// One network, its inputs and its labels from a file; what the engine makes of them, to another.
///
/// The engine's side of `Scripts/compare-pytorch`.
enum GradientCase {
  /// Reads `given` and writes `found`: logits or losses, gradients, and running statistics.
  static func run(
    _ architecture: String, stem: Int, mode: BatchNormalisationMode, given: String, found: String
  ) throws {
    var tensors = try WeightFile(opening: given).read()
    guard let inputs = tensors.removeValue(forKey: "inputs"),
      let labels = tensors.removeValue(forKey: "labels")?.values.map({ Int($0) })
    else { throw WeightFileError("'\(given)' has no 'inputs' or no 'labels'") }
    var network = try Network(
      NetworkConfiguration(
        architecture: architecture, inputShape: Array(inputs.shape.dropFirst()),
        labelNames: (0..<10).map(String.init),
        preprocessing: Preprocessing(mean: [0, 0, 0], standardDeviation: [1, 1, 1]),
        hyperparameters: ["stem": stem]),
      tensors: tensors)
    var results: [(name: String, tensor: Tensor)] = []
    if mode == .frozen {
      results.append(("logits", network.logits(of: inputs, threads: 2)))
    }
    let weight = 1 / Float(labels.count)
    let loss = network.weightedLoss(
      inputs: inputs, labels: labels, weights: [Float](repeating: weight, count: labels.count),
      mode: mode, scope: .all, threads: 2)
    results.append(("losses", Tensor(shape: [labels.count], values: loss.losses)))
    for (named, gradient) in zip(network.tensors, loss.gradients.values) where !named.isBuffer {
      results.append(
        ("gradient.\(named.name)", Tensor(shape: named.tensor.shape, values: gradient)))
    }
    for named in network.tensors where named.isBuffer && mode == .training {
      results.append(("statistic.\(named.name)", named.tensor))
    }
    try Data(Safetensors.write(results)).write(to: URL(filePath: found))
  }
}
