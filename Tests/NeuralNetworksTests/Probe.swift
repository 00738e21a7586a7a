@testable import NeuralNetworks

/// Numbers without pattern that PyTorch's side computes from the same formula.
///
/// The i-th of the k-th series is ((7919·i + 104729·k + 12345) mod 10007)/10007 − 0.5.
func probe(_ series: Int, _ count: Int) -> [Double] {
  (0..<count).map { Double(($0 * 7919 + series * 104_729 + 12345) % 10007) / 10007 - 0.5 }
}

/// A small network whose weights are given by `probe`.
///
/// Variances and the weights of batch normalisation are 1 + p/2, biases and means p/5, all other
/// weights 4·p/√fanIn; the series is the tensor's place in the canonical order.
func probeNetwork(
  _ architecture: String, inputShape: [Int], hyperparameters: [String: Int] = [:]
) throws -> Network {
  let channels = inputShape[2]
  let configuration = NetworkConfiguration(
    architecture: architecture, inputShape: inputShape, labelNames: ["a", "b", "c"],
    preprocessing: Preprocessing(
      mean: [Float](repeating: 0, count: channels),
      standardDeviation: [Float](repeating: 1, count: channels)),
    hyperparameters: hyperparameters)
  var tensors: [String: Tensor] = [:]
  for (series, entry) in try Network.tensorShapes(configuration).enumerated() {
    let count = Tensor.elementCount(entry.shape)
    let leaf = entry.name.split(separator: ".").last ?? ""
    let values = probe(series, count).map { p in
      if leaf == "running_var" || (leaf == "weight" && entry.shape.count == 1) { return 1 + p / 2 }
      if leaf == "bias" || leaf == "running_mean" { return p / 5 }
      return p * 4 / (Double(count / entry.shape[0])).squareRoot()
    }
    tensors[entry.name] = Tensor(shape: entry.shape, values: values.map(Float.init))
  }
  return try Network(configuration, tensors: tensors)
}

/// Inputs 2·p of series 1000 with the labels 5·i mod 3.
func probeExamples(_ count: Int, _ inputShape: [Int]) -> Examples {
  let shape = [count] + inputShape
  return Examples(
    inputs: Tensor(
      shape: shape, values: probe(1000, Tensor.elementCount(shape)).map { Float(2 * $0) }),
    labels: (0..<count).map { $0 * 5 % 3 })
}

/// Two numbers that stand for a tensor: Σ|vᵢ|, and Σ vᵢ·pᵢ with a series of `probe`.
func summary(_ values: [Float], series: Int) -> [Double] {
  let weights = probe(series, values.count)
  return [
    values.reduce(0) { $0 + abs(Double($1)) },
    zip(values, weights).reduce(0) { $0 + Double($1.0) * $1.1 },
  ]
}
