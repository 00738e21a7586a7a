import NeuralNetworks

/// The influence-weighted loss goes back through the network, as in the paper's equation 9.
///
/// With scope `classifier` it trains the classifier alone, which differs from `ClassifierDescent` only
/// where batch normalisation is in training mode: then its running statistics move, as they do in
/// the published code (algorithms A.1.4).
struct NetworkDescent: Descent {
  private var network: Network
  private(set) var pack: FeaturePack
  private var optimiser: Optimiser
  private let forget: any ExampleSource
  private let settings: DescentSettings

  init(
    _ network: Network, forget: any ExampleSource, settings: DescentSettings
  ) throws {
    self.network = network
    self.forget = forget
    self.settings = settings
    pack = try FeaturePack(network, forget, threads: settings.threads)
    optimiser = Optimiser(
      .sgd(momentum: settings.momentum), weightDecay: settings.weightDecay)
  }

  func applied(to _: Network) -> Network { network }

  var classifier: ExtendedClassifier { ExtendedClassifier(network.classifier) }

  mutating func step(_ batch: [Int], weights: [Double]) throws {
    var (_, gradients) = network.weightedLoss(
      inputs: try forget.inputs(at: batch), labels: batch.map { forget.labels[$0] },
      weights: weights.map { Float(-$0) },
      mode: settings.batchNormalisation, scope: settings.scope, threads: settings.threads)
    gradients.addSubgradientOfL1(settings.l1Strength, .classifier, of: network)
    optimiser.step(
      &network, gradients, learningRate: settings.learningRate, threads: settings.threads)
    pack = try FeaturePack(network, forget, threads: settings.threads)
  }
}
