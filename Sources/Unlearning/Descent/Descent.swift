package import NeuralNetworks

/// A network on its way down L = −Σŵ_i·ℓ_i + α‖θ_c‖₁ by SGD with momentum and weight decay.
///
/// v ← μ·v + ∇L + wd·θ, θ ← θ − η·v. What varies is what is trained, and thus what a step costs.
package protocol Descent {
  /// One step on the forget records with the given indices; their weights sum to 1.
  mutating func step(_ batch: [Int], weights: [Double]) throws
  /// The forget set as the extractor now sees it, in evaluation mode.
  var pack: FeaturePack { get }
  var classifier: ExtendedClassifier { get }
  /// The network it set out from, with what has been trained since.
  func applied(to original: Network) -> Network
}

extension Descent {
  /// Mean loss and mean confidence in the true class over the forget set, in evaluation mode.
  package func measured() -> ForgetMeasurement {
    ForgetMeasurement(of: classifier, over: pack)
  }
}
