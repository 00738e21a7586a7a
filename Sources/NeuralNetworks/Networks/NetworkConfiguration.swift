/// What a network is, without its weights: the content of `config.json`.
package struct NetworkConfiguration: Codable, Hashable, Sendable {
  /// The name of an architecture, such as `temporal-cnn`.
  package let architecture: String
  /// The extents of one record: height, width, channels.
  package let inputShape: [Int]
  /// The name of every class, in the order of the labels.
  package let labelNames: [String]
  package let preprocessing: Preprocessing
  /// What the architecture lets one choose; what is not named takes the architecture's default.
  package let hyperparameters: [String: Int]

  package init(
    architecture: String, inputShape: [Int], labelNames: [String], preprocessing: Preprocessing,
    hyperparameters: [String: Int] = [:]
  ) {
    self.architecture = architecture
    self.inputShape = inputShape
    self.labelNames = labelNames
    self.preprocessing = preprocessing
    self.hyperparameters = hyperparameters
  }

  package var classCount: Int { labelNames.count }
}
