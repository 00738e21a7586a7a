extension NetworkConfiguration {
  /// The layers this configuration names.
  ///
  /// - Throws: `NetworkError` naming what in it cannot be.
  func extractor() throws(NetworkError) -> LayerGraph {
    guard let architecture = Architectures.named(architecture) else {
      throw NetworkError.unknownArchitecture(self.architecture, known: Architectures.names)
    }
    try checkExtents()
    for (name, value) in hyperparameters.sorted(by: { $0.key < $1.key }) {
      guard architecture.defaults[name] != nil else {
        throw NetworkError.invalidConfiguration(
          "\(self.architecture) has no hyper-parameter '\(name)'")
      }
      guard 1...4096 ~= value else {
        throw NetworkError.invalidConfiguration("the hyper-parameter '\(name)' is \(value)")
      }
    }
    let input = ImageShape(
      height: inputShape[0], width: inputShape[1], channels: inputShape[2])
    return try architecture.extractor(input, choices(of: architecture))
  }

  /// The prefix of the classifier's tensors, such as `fc`.
  var classifierName: String {
    Architectures.named(architecture).map { $0.classifierName(choices(of: $0)) } ?? "fc"
  }

  /// This configuration with the hyper-parameters that the shapes of a file's tensors tell.
  ///
  /// What they do not tell stays; a shape that cannot be is left for the check of the tensors.
  package func fitted(to shapes: [String: [Int]]) -> NetworkConfiguration {
    let told = Architectures.named(architecture)?.choices(shapes) ?? [:]
    return NetworkConfiguration(
      architecture: architecture, inputShape: inputShape, labelNames: labelNames,
      preprocessing: preprocessing,
      hyperparameters: hyperparameters.merging(told.filter { 1...4096 ~= $0.value }) { $1 })
  }

  private func choices(of architecture: Architecture) -> Architecture.Choices {
    architecture.defaults.merging(hyperparameters) { _, chosen in chosen }
  }

  private func checkExtents() throws(NetworkError) {
    guard inputShape.count == 3, inputShape.allSatisfy({ 1...65536 ~= $0 }),
      Tensor.elementCount(inputShape) <= 1 << 28
    else {
      throw NetworkError.invalidConfiguration(
        "the input shape \(inputShape) is not height, width and channels")
    }
    guard labelNames.count >= 2 else {
      throw NetworkError.invalidConfiguration("there are \(labelNames.count) label names")
    }
    let channels = inputShape[2]
    guard preprocessing.mean.count == channels,
      preprocessing.standardDeviation.count == channels,
      preprocessing.mean.allSatisfy(\.isFinite),
      preprocessing.standardDeviation.allSatisfy({ $0.isFinite && $0 > 0 })
    else {
      throw NetworkError.invalidConfiguration(
        "the preprocessing is not \(channels) finite means and positive deviations")
    }
  }
}
