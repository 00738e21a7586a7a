package import NeuralNetworks

/// Only the classifier is trained, the extractor and its batch normalisation stay as they are.
///
/// The features do not change, so they are made once and every step is arithmetic on them, in
/// double precision; the weights are rounded when the network is asked for.
package struct ClassifierDescent: Descent {
  package let pack: FeaturePack
  package private(set) var classifier: ExtendedClassifier
  private var velocity: [Double]
  private let settings: DescentSettings

  package init(_ classifier: ExtendedClassifier, forget: FeaturePack, settings: DescentSettings) {
    pack = forget
    self.classifier = classifier
    velocity = classifier.values.map { _ in 0 }
    self.settings = settings
  }

  package mutating func step(_ batch: [Int], weights: [Double]) {
    let records = pack.selecting(batch)
    var residuals = classifier.residuals(of: records)
    for (row, weight) in weights.enumerated() {
      for column in 0..<classifier.classCount {
        residuals[row * classifier.classCount + column] *= -weight
      }
    }
    let gradient = classifier.summedGradient(residuals, of: records)
    for index in velocity.indices {
      let value = classifier.values[index]
      let sign: Double = value > 0 ? 1 : value < 0 ? -1 : 0
      let slope = gradient[index] + settings.l1Strength * sign + settings.weightDecay * value
      velocity[index] = settings.momentum * velocity[index] + slope
      classifier.values[index] = value - settings.learningRate * velocity[index]
    }
  }

  package func applied(to original: Network) -> Network {
    var network = original
    network.classifier = classifier.classifier
    return network
  }
}
