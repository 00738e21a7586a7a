/// Two hidden linear layers with ReLU on the flattened input.
enum MultilayerPerceptron: Architecture {
  static let name = "mlp"
  static let defaults = ["hidden": 128, "features": 64]

  static func extractor(
    _ input: ImageShape, _ choices: [String: Int]
  ) throws(NetworkError) -> LayerGraph {
    let hidden = choices["hidden", default: 128]
    let features = choices["features", default: 64]
    var graph = LayerGraph(input: input)
    var place = try graph.add(Flattening(), to: graph.input)
    place = try graph.add(Linear(inputs: input.elementCount, outputs: hidden), "fc1", to: place)
    place = try graph.add(RectifiedLinear(), to: place)
    place = try graph.add(Linear(inputs: hidden, outputs: features), "fc2", to: place)
    _ = try graph.add(RectifiedLinear(), to: place)
    return graph
  }
}
