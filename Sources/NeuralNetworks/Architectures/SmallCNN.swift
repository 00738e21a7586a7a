extension Architecture {
  /// A small network for images, after LeNet-5 (LeCun et al., 1998), with max pooling and ReLU.
  static let smallCNN = Architecture(
    "small-cnn", defaults: ["width": 16, "features": 84],
    choices: { shapes in
      ["width": shapes["conv1.weight"]?.first, "features": shapes["fc1.weight"]?.first]
        .compactMapValues(\.self)
    },
    extractor: { (input, choices) throws(NetworkError) in
      let width = choices["width", default: 16]
      let features = choices["features", default: 84]
      var graph = LayerGraph(input: input)
      var place = try graph.addPooledConvolution("conv1", outputs: width, to: graph.input)
      place = try graph.addPooledConvolution("conv2", outputs: 2 * width, to: place)
      place = try graph.add(Flattening(), to: place)
      place = try graph.add(
        Linear(inputs: graph.shapes[place].channels, outputs: features), "fc1", to: place)
      _ = try graph.add(RectifiedLinear(), to: place)
      return graph
    })
}

extension LayerGraph {
  /// A 5×5 convolution with bias, ReLU, and the maximum of every 2×2.
  fileprivate mutating func addPooledConvolution(
    _ name: String, outputs: Int, to place: Int
  ) throws(NetworkError) -> Int {
    let convolution = Convolution(
      inputs: shapes[place].channels, outputs: outputs, kernel: Convolution.Extent(5),
      padding: Convolution.Extent(2), hasBias: true)
    let sum = try add(convolution, name, to: place)
    let positive = try add(RectifiedLinear(), to: sum)
    return try add(MaxPooling(kernel: 2, stride: 2, padding: 0), to: positive)
  }
}
