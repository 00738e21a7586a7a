extension Network {
  /// Whether both networks make the same features of every input, bit by bit.
  ///
  /// What it costs: nothing for copies of one network, else at most a comparison of all weights.
  package func hasSameExtractor(as other: Network) -> Bool {
    if sharesPreparation(with: other) { return true }
    return configuration.describesSameExtractor(as: other.configuration)
      && zip(extractorTensors, other.extractorTensors).allSatisfy { mine, others in
        mine.shape == others.shape && Self.areSameBits(mine.values, others.values)
      }
  }

  /// Whether one is a copy of the other whose extractor has not been changed since.
  package func sharesPreparation(with other: Network) -> Bool {
    preparation === other.preparation
  }

  /// Hands over every weight and buffer of the extractor as it lies in memory, in canonical order.
  package func forEachExtractorTensor(_ body: (_ name: String, _ bytes: RawSpan) -> Void) {
    let names = extractor.nodes.flatMap { node in
      node.layer.parameters.map { "\(node.name).\($0.name)" }
    }
    for (name, tensor) in zip(names, extractorTensors) {
      let values = tensor.values
      unsafe body(name, values.span.bytes)
    }
  }

  private static func areSameBits(_ mine: [Float], _ others: [Float]) -> Bool {
    let (mine, others) = (mine.span, others.span)
    guard mine.count == others.count else { return false }
    // Without a branch inside, so that it runs on vectors.
    var difference: UInt32 = 0
    for index in mine.indices { difference |= mine[index].bitPattern ^ others[index].bitPattern }
    return difference == 0
  }
}

extension NetworkConfiguration {
  /// Whether everything but the classes is the same.
  fileprivate func describesSameExtractor(as other: NetworkConfiguration) -> Bool {
    architecture == other.architecture && inputShape == other.inputShape
      && preprocessing == other.preprocessing && hyperparameters == other.hyperparameters
  }
}
