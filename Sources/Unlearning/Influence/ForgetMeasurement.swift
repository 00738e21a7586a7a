import Glibc
package import NeuralNetworks

/// What the network says of the forget set.
package struct ForgetMeasurement: Sendable {
  /// Mean cross-entropy in nats.
  package let loss: Double
  /// Mean probability of the true class.
  package let confidence: Double

  package init(of classifier: ExtendedClassifier, over pack: FeaturePack) {
    let rows = classifier.logProbabilities(of: pack)
    let ofLabels = pack.labels.enumerated().map { rows[$0 * classifier.classCount + $1] }
    loss = -ofLabels.reduce(0, +) / Double(pack.count)
    confidence = ofLabels.reduce(0) { $0 + exp($1) } / Double(pack.count)
  }

  /// What a network says of records, in evaluation mode.
  package init(of network: Network, over examples: any ExampleSource, threads: Int) throws {
    self.init(
      of: ExtendedClassifier(network.classifier),
      over: try FeaturePack(network, examples, threads: threads))
  }
}
