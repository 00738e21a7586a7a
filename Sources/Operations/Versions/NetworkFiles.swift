import NeuralNetworks
import Records
import Signing

/// A network as the two files of a version: `model.safetensors` and `config.json`.
struct NetworkFiles {
  static let weightsName = "model.safetensors"
  static let configurationName = "config.json"
  /// What loaders of other programs want to hear of a weight file.
  static let metadata = ["format": "pt"]

  let weights: [UInt8]
  let configuration: [UInt8]

  /// Writes a network; the same network gives the same bytes.
  init(_ network: Network) {
    weights = Safetensors.write(
      network.tensors.map { ($0.name, $0.tensor) }, metadata: Self.metadata)
    configuration = CanonicalText.encode(network.configuration)
  }

  init(weights: [UInt8], configuration: [UInt8]) {
    self.weights = weights
    self.configuration = configuration
  }

  /// The name the weights have in a store.
  var weightsDigest: Digest { SHA256.digest(of: weights) }
  var configurationDigest: Digest { SHA256.digest(of: configuration) }

  /// Reads the network back.
  ///
  /// - Throws: what the weight file, the configuration or their agreement lacks.
  func network() throws -> Network {
    let configuration = try CanonicalText.decode(
      NetworkConfiguration.self, from: configuration, what: Self.configurationName)
    return try Network(configuration, tensors: try Safetensors.read(weights).tensors())
  }
}
