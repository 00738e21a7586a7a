extension Architecture {
  /// Two hidden linear layers with ReLU on the flattened input.
  static let multilayerPerceptron = Architecture(
    "mlp", defaults: ["hidden": 128, "features": 64],
    choices: { shapes in
      ["hidden": shapes["fc1.weight"]?.first, "features": shapes["fc2.weight"]?.first]
        .compactMapValues(\.self)
    },
    extractor: { (input, choices) throws(NetworkError) in
      let hidden = choices["hidden", default: 128]
      let features = choices["features", default: 64]
      var graph = LayerGraph(input: input)
      var place = try graph.add(Flattening(), to: graph.input)
      place = try graph.add(Linear(inputs: input.elementCount, outputs: hidden), "fc1", to: place)
      place = try graph.add(RectifiedLinear(), to: place)
      place = try graph.add(Linear(inputs: hidden, outputs: features), "fc2", to: place)
      _ = try graph.add(RectifiedLinear(), to: place)
      return graph
    })
}
