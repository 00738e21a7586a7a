import Testing

@testable import NeuralNetworks

/// Random numbers that `Benchmarks/gradients.py` draws the same: SplitMix64 from the seed 2³²·series.
enum Noise {
  /// Steele, Lea and Flood (2014).
  static func words(_ series: UInt64, _ count: Int) -> [UInt64] {
    var state = series << 32
    var words = [UInt64](repeating: 0, count: count)
    for index in 0..<count {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      words[index] = mixed ^ (mixed >> 31)
    }
    return words
  }

  /// Uniform in −1 to 1, multiples of 2⁻⁵², scaled and moved in double precision.
  static func values(
    _ series: Int, _ count: Int, scale: Double = 1, offset: Double = 0
  ) -> [Float] {
    words(UInt64(series), count).map { Float(offset + (Double($0 >> 11) * 0x1p-52 - 1) * scale) }
  }

  /// Σ ±vᵢ, the signs being the highest bits of the series.
  static func signedSum(_ values: [Float], _ series: Int) -> Double {
    var sum = 0.0
    for (word, value) in zip(words(UInt64(series), values.count), values) {
      sum += word >> 63 == 0 ? Double(value) : -Double(value)
    }
    return sum
  }

  /// A network of random weights: uniform with variance 2/fan-in; the series is a tensor's place.
  ///
  /// Variances and the weights of batch normalisation are 1 ± ½, its biases 3 ± ¼, all other biases
  /// and means ± ¼. Biases about 0 would leave some activations so near to the ReLU's kink that
  /// another rounding takes them to its other side, which moves every gradient before them.
  static func network(_ architecture: String, side: Int, stem: Int) throws -> Network {
    let configuration = NetworkConfiguration(
      architecture: architecture, inputShape: [side, side, 3],
      labelNames: (0..<10).map(String.init),
      preprocessing: Preprocessing(mean: [0, 0, 0], standardDeviation: [1, 1, 1]),
      hyperparameters: ["stem": stem])
    var tensors: [String: Tensor] = [:]
    for (series, entry) in try Network.tensorShapes(configuration).enumerated() {
      let count = Tensor.elementCount(entry.shape)
      let leaf = entry.name.split(separator: ".").last ?? ""
      let values =
        if leaf == "running_var" || (leaf == "weight" && entry.shape.count == 1) {
          self.values(series, count, scale: 0.5, offset: 1)
        } else if leaf == "bias" || leaf == "running_mean" {
          self.values(
            series, count, scale: 0.25, offset: leaf == "bias" && entry.name != "fc.bias" ? 3 : 0)
        } else {
          self.values(series, count, scale: (6 / Double(count / entry.shape[0])).squareRoot())
        }
      tensors[entry.name] = Tensor(shape: entry.shape, values: values)
    }
    return try Network(configuration, tensors: tensors)
  }

  /// Images and the labels 0, 1, 2 and so on.
  static func examples(_ count: Int, side: Int) -> Examples {
    Examples(
      inputs: Tensor(
        shape: [count, side, side, 3], values: values(1000, count * side * side * 3)),
      labels: (0..<count).map { $0 % 10 })
  }
}
