/// A family of networks: what it is called, what one may choose, and its layers.
protocol Architecture: SendableMetatype {
  static var name: String { get }
  /// What one may choose, with its default.
  static var defaults: [String: Int] { get }
  /// The extractor φ for inputs of a shape; the linear classifier follows by itself.
  static func extractor(
    _ input: ImageShape, _ choices: [String: Int]
  ) throws(NetworkError) -> LayerGraph
}

/// Every architecture this engine has.
package enum Architectures {
  static let all: [any Architecture.Type] = [
    TemporalCNN.self, MultilayerPerceptron.self, SmallCNN.self, ResNet.self,
  ]

  /// The names a configuration may have.
  package static var names: [String] { all.map { $0.name } }

  /// What an architecture lets one choose, with the defaults; nil for an unknown name.
  package static func defaultHyperparameters(_ name: String) -> [String: Int]? {
    all.first { $0.name == name }?.defaults
  }
}

extension NetworkConfiguration {
  /// The layers this configuration names.
  ///
  /// - Throws: `NetworkError` naming what in it cannot be.
  func extractor() throws(NetworkError) -> LayerGraph {
    guard let architecture = Architectures.all.first(where: { $0.name == architecture }) else {
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
    let choices = architecture.defaults.merging(hyperparameters) { _, chosen in chosen }
    let input = ImageShape(
      height: inputShape[0], width: inputShape[1], channels: inputShape[2])
    return try architecture.extractor(input, choices)
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
