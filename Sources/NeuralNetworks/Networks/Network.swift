/// A network: the extractor φ from inputs to features, and the linear classifier h.
package struct Network: Sendable {
  package let configuration: NetworkConfiguration
  let extractor: LayerGraph
  /// The extractor as it runs, with layers drawn together.
  let fused: LayerGraph
  /// The extractor's parameters and buffers, in the order of its nodes.
  var extractorTensors: [Tensor] {
    didSet { preparation = Preparation() }
  }
  /// What inference makes of them, once.
  private(set) var preparation = Preparation()
  package var classifier: LinearClassifier {
    didSet {
      precondition(
        classifier.classCount == configuration.classCount
          && classifier.featureCount == extractor.outputShape.elementCount,
        "a classifier of shape \(classifier.weight.shape) does not fit the network")
    }
  }

  /// A network with weights drawn from the seed.
  ///
  /// Weights and biases are uniform in ±1/√fanIn, PyTorch's default; batch normalisation begins as
  /// the identity. The draws follow the canonical order of the tensors.
  ///
  /// - Throws: `NetworkError` naming what in the configuration cannot be, or that OpenBLAS is missing.
  package init(_ configuration: NetworkConfiguration, seed: UInt64) throws(NetworkError) {
    var generator = SeededGenerator(seed: seed)
    try self.init(configuration) { (_: String, parameter: LayerParameter) in
      Tensor(shape: parameter.shape, values: parameter.values(&generator))
    }
  }

  /// A network with the given weights, under their canonical names.
  ///
  /// PyTorch's counters `num_batches_tracked` may be there and do not matter.
  ///
  /// - Throws: `NetworkError.stateMismatch` with every missing, unexpected and misshapen name.
  package init(
    _ configuration: NetworkConfiguration, tensors: [String: Tensor]
  ) throws(NetworkError) {
    let shapes = try Self.tensorShapes(configuration)
    try StateCheck.check(tensors.mapValues(\.shape), against: shapes)
    try self.init(configuration) { (name: String, parameter: LayerParameter) in
      tensors[name] ?? Tensor(zeros: parameter.shape)
    }
  }

  private init(
    _ configuration: NetworkConfiguration, _ tensor: (String, LayerParameter) -> Tensor
  ) throws(NetworkError) {
    try MatrixProducts.load()
    self.configuration = configuration
    extractor = try configuration.extractor()
    fused = extractor.fused()
    extractorTensors = extractor.nodes.flatMap { node in
      node.layer.parameters.map { tensor("\(node.name).\($0.name)", $0) }
    }
    let layer = Linear(
      inputs: extractor.outputShape.elementCount, outputs: configuration.classCount)
    let parameters = layer.parameters.map {
      tensor("\(configuration.classifierName).\($0.name)", $0)
    }
    classifier = LinearClassifier(weight: parameters[0], bias: parameters[1])
  }

  /// The length d of a feature vector.
  package var featureCount: Int { classifier.featureCount }
}
