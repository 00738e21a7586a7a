import NeuralNetworks

/// Runs the loop on the descent that the settings call for.
///
/// The two ways of training the classifier alone agree but for rounding; the fast one is taken
/// whenever the features cannot change.
func descend(
  _ input: UnlearningInput, method: String, settings: DescentSettings,
  weighing: (_ epoch: Int, _ classifier: ExtendedClassifier, _ pack: FeaturePack) throws ->
    [Double]?,
  progress: (UnlearningProgress) throws -> Void
) throws -> (network: Network, outcome: ForgettingOutcome) {
  func run(
    _ steps: some Descent, changing parts: [NetworkPart]
  ) throws -> (network: Network, outcome: ForgettingOutcome) {
    var loop = ForgettingLoop(steps, method: method, settings: settings)
    let outcome = try loop.run(weighing: weighing, progress: progress)
    let network = loop.steps.applied(to: input.network)
    try UnlearningError.check(
      parts, of: network, madeBy: method, afterStep: outcome.stepCount)
    return (network, outcome)
  }
  guard settings.scope == .classifier, settings.batchNormalisation == .frozen else {
    return try run(
      try NetworkDescent(input.network, forget: input.forget, settings: settings),
      changing: [.extractor, .classifier])
  }
  let pack = try FeaturePack(input.network, input.forget, threads: settings.threads)
  return try run(
    ClassifierDescent(
      ExtendedClassifier(input.network.classifier), forget: pack, settings: settings),
    changing: [.classifier])
}
