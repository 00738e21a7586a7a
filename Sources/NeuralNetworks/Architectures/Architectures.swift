/// Every architecture this engine has.
package enum Architectures {
  static let all: [Architecture] =
    [
      .temporalCNN, .multilayerPerceptron, .smallCNN, .resNet, .resNet18, .resNet34, .resNet50,
      .vgg11, .vgg16,
    ] + Architecture.cifarResNets

  /// The names a configuration may have.
  package static var names: [String] { all.map(\.name) }

  /// What an architecture lets one choose, with the defaults; nil for an unknown name.
  package static func defaultHyperparameters(_ name: String) -> [String: Int]? {
    named(name)?.defaults
  }

  static func named(_ name: String) -> Architecture? { all.first { $0.name == name } }
}
