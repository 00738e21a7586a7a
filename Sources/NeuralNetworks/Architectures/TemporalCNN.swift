extension Architecture {
  /// A temporal convolutional network for short series `[1, frames, channels]`.
  ///
  /// Convolution, batch normalisation and ReLU three times, a residual around the second, then the
  /// mean over time: a feature vector of length `features`.
  static let temporalCNN = Architecture(
    "temporal-cnn", defaults: ["width": 32, "kernel": 5, "features": 64],
    choices: { shapes in
      [
        "width": shapes["conv1.weight"]?.first, "kernel": shapes["conv1.weight"]?.last,
        "features": shapes["conv3.weight"]?.first,
      ].compactMapValues(\.self)
    },
    extractor: { (input, choices) throws(NetworkError) in
      let width = choices["width", default: 32]
      let kernel = choices["kernel", default: 5]
      var graph = LayerGraph(input: input)
      let first = try graph.addTemporalBlock("1", outputs: width, kernel: kernel, to: graph.input)
      let second = try graph.addTemporalBlock("2", outputs: width, kernel: 3, to: first)
      let joined = try graph.add(Addition(), to: second, first)
      let third = try graph.addTemporalBlock(
        "3", outputs: choices["features", default: 64], kernel: 3, to: joined)
      _ = try graph.add(GlobalAveragePooling(), to: third)
      return graph
    })
}

extension LayerGraph {
  /// Convolution over time that keeps the length, batch normalisation, ReLU.
  fileprivate mutating func addTemporalBlock(
    _ number: String, outputs: Int, kernel: Int, to place: Int
  ) throws(NetworkError) -> Int {
    guard kernel % 2 == 1 else {
      throw NetworkError.invalidConfiguration("the kernel \(kernel) of temporal-cnn is even")
    }
    let convolution = Convolution(
      inputs: shapes[place].channels, outputs: outputs,
      kernel: Convolution.Extent(height: 1, width: kernel),
      padding: Convolution.Extent(height: 0, width: kernel / 2))
    let sum = try add(convolution, "conv\(number)", to: place)
    let normal = try add(BatchNormalisation(channels: outputs), "bn\(number)", to: sum)
    return try add(RectifiedLinear(), to: normal)
  }
}
