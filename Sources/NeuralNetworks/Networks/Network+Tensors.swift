/// The two parts the paper splits a network into.
package enum NetworkPart: String, Hashable, Sendable, Codable {
  /// φ: everything up to the features.
  case extractor
  /// h: the last linear layer.
  case classifier
}

/// The place of a tensor in a network.
package struct TensorPlace: Hashable, Sendable {
  package let name: String
  package let shape: [Int]
  package let part: NetworkPart
  /// Whether it is a running statistic, which no gradient moves.
  package let isBuffer: Bool
}

/// One tensor of a network, as it stands in a weight file.
package struct NamedTensor: Hashable, Sendable {
  package let name: String
  package let tensor: Tensor
  package let part: NetworkPart
  /// Whether it is a running statistic, which no gradient moves.
  package let isBuffer: Bool
}

extension Network {
  /// All weights and buffers in their canonical order: the extractor's, then the classifier's.
  package var tensors: [NamedTensor] {
    let places = extractor.nodes.flatMap { node in
      node.layer.parameters.map { (name: "\(node.name).\($0.name)", isBuffer: $0.isBuffer) }
    }
    let extractorPart = zip(places, extractorTensors).map { place, tensor in
      NamedTensor(name: place.name, tensor: tensor, part: .extractor, isBuffer: place.isBuffer)
    }
    let name = configuration.classifierName
    return extractorPart + [
      NamedTensor(
        name: "\(name).weight", tensor: classifier.weight, part: .classifier, isBuffer: false),
      NamedTensor(
        name: "\(name).bias", tensor: classifier.bias, part: .classifier, isBuffer: false),
    ]
  }

  /// The names and shapes that a configuration asks for, in canonical order.
  ///
  /// - Throws: `NetworkError` naming what in the configuration cannot be.
  package static func tensorShapes(
    _ configuration: NetworkConfiguration
  ) throws(NetworkError) -> [(name: String, shape: [Int])] {
    try tensorPlaces(configuration).map { ($0.name, $0.shape) }
  }

  /// The tensors that a configuration asks for, in canonical order; no weight is made.
  ///
  /// - Throws: `NetworkError` naming what in the configuration cannot be.
  package static func tensorPlaces(
    _ configuration: NetworkConfiguration
  ) throws(NetworkError) -> [TensorPlace] {
    let extractor = try configuration.extractor()
    let inner = extractor.nodes.flatMap { node in
      node.layer.parameters.map {
        TensorPlace(
          name: "\(node.name).\($0.name)", shape: $0.shape, part: .extractor,
          isBuffer: $0.isBuffer)
      }
    }
    let layer = Linear(
      inputs: extractor.outputShape.elementCount, outputs: configuration.classCount)
    let name = configuration.classifierName
    return inner
      + layer.parameters.map {
        TensorPlace(
          name: "\(name).\($0.name)", shape: $0.shape, part: .classifier, isBuffer: false)
      }
  }

  /// The tensors without their names, in canonical order.
  var allTensors: [Tensor] { extractorTensors + [classifier.weight, classifier.bias] }

  /// Replaces the tensors of a scope, given all in canonical order; shapes must be as they were.
  mutating func replaceTensors(_ values: [Tensor], _ scope: TrainableScope) {
    precondition(values.count == extractorTensors.count + 2, "\(values.count) tensors")
    // What inference made of an extractor that does not change stays good.
    if scope == .all { extractorTensors = Array(values.dropLast(2)) }
    classifier = LinearClassifier(
      weight: values[values.count - 2], bias: values[values.count - 1])
  }
}
