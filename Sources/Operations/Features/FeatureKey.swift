import NeuralNetworks
import Records
import Signing

/// What features are a function of, beside the records.
enum FeatureKey {
  /// Everything of a network that its features depend on, but its weights.
  private struct Description: Codable {
    let architecture: String
    let inputShape: [Int]
    let preprocessing: Preprocessing
    let hyperparameters: [String: Int]
    let environment: NumericEnvironment
  }

  /// SHA-256 over the extractor's description and its weights and buffers as they lie in memory.
  ///
  /// The classes and the classifier do not enter: versions that differ in them alone share features.
  /// What it costs: one pass of SHA-256 over the weights.
  static func digest(of network: Network, in environment: NumericEnvironment) -> Digest {
    let configuration = network.configuration
    var hasher = SHA256Hasher()
    hasher.update(
      CanonicalText.encode(
        Description(
          architecture: configuration.architecture, inputShape: configuration.inputShape,
          preprocessing: configuration.preprocessing,
          hyperparameters: configuration.hyperparameters, environment: environment)))
    network.forEachExtractorTensor { name, bytes in
      hasher.update(Array("\n\(name) \(bytes.byteCount)\n".utf8))
      hasher.update(bytes)
    }
    return hasher.finalize()
  }
}
