import NeuralNetworks

/// The choices and constants that every method of ascent on the forget set has in common.
///
/// The ascent begins slowly on confident records and then grows fast, so the stop rule decides what
/// the others lose. With the whole network it stops earlier: on Japanese Vowels (9 speakers, 3 seeds)
/// a stop at 0.05 instead of 0.01 takes 1.8 points from the other speakers instead of 4.4.
///
/// A forget set of many batches would stop, or run away, within its first epoch. Of Fashion-MNIST's
/// 6,000 pictures of a class (24 batches, ResNet-20) full steps reach 2,560 before the stop rule ends
/// them, and take 59 points from the other classes where they go on through all. So the step size is
/// that of an epoch and its steps share it: all 6,000 are reached, for 0.1 points; with the whole
/// network for 4.8, where full steps through all diverge.
enum DescentParameters {
  typealias Choice = UnlearningMethod.Choice
  typealias Constant = UnlearningMethod.Constant

  static let scope = Choice(
    name: "scope",
    summary: "what is trained: the classifier alone, or the whole network (Eq. 9)",
    allowed: ["classifier", "all"], standard: "classifier")
  static let batchNormalisation = Choice(
    name: "batchNormalisation",
    summary: "frozen keeps the running statistics; training moves them, as the published code does",
    allowed: ["frozen", "training"], standard: "frozen")
  static let stopEvaluation = Choice(
    name: "stopEvaluation", summary: "whether the stop rule is looked at after each step or epoch",
    allowed: DescentSettings.StopEvaluation.allCases.map(\.rawValue), standard: "step")
  static let learningRatePer = Choice(
    name: "learningRatePer",
    summary:
      "what the step size is for: an epoch, whose steps share it, or every step, as published",
    allowed: ["epoch", "step"], standard: "epoch", whenAbsent: "step")

  static let learningRate = Constant(
    name: "learningRatePartsPerBillion", summary: "the step size of SGD",
    range: 0...1_000_000_000, standard: 10_000_000, standardForScopeAll: 1_000_000)
  static let momentum = Constant(
    name: "momentumPartsPerMillion", summary: "the momentum of SGD",
    range: 0...999_999, standard: 900_000)
  static let weightDecay = Constant(
    name: "weightDecayPartsPerBillion",
    summary: "the weight decay of SGD, and the ridge λ of the exact Hessian",
    range: 0...1_000_000_000, standard: 500_000)
  static let batchSize = Constant(
    name: "batchSize", summary: "records a step", range: 1...1_000_000, standard: 256)
  static let epochCount = Constant(
    name: "epochCount", summary: "passes over the forget set, unless the stop rule ends them",
    range: 1...100_000, standard: 1_000)
  static let stopConfidence = Constant(
    name: "stopConfidencePartsPerMillion",
    summary:
      "the mean confidence in the true class on the forget set at which it stops",
    range: 0...1_000_000, standard: 10_000, standardForScopeAll: 50_000)

  static let choices = [scope, batchNormalisation, stopEvaluation, learningRatePer]
  static let constants = [
    learningRate, momentum, weightDecay, batchSize, epochCount, stopConfidence,
  ]

  /// The settings for a forget set of so many records.
  static func settings(
    _ values: RecipeValues, recordCount: Int, l1Strength: Double, threads: Int
  ) -> DescentSettings {
    let batchSize = values.integer(batchSize)
    let stepsPerEpoch = max(1, (recordCount + batchSize - 1) / batchSize)
    let sharing = values.choice(learningRatePer) == "epoch" ? stepsPerEpoch : 1
    return DescentSettings(
      scope: values.choice(scope) == "all" ? .all : .classifier,
      batchNormalisation: values.choice(batchNormalisation) == "training" ? .training : .frozen,
      learningRate: values.number(learningRate) / Double(sharing),
      momentum: values.number(momentum),
      weightDecay: values.number(weightDecay), l1Strength: l1Strength,
      batchSize: batchSize, epochCount: values.integer(epochCount),
      stopConfidence: values.number(stopConfidence),
      stopEvaluation: values.choice(stopEvaluation) == "epoch" ? .epoch : .step,
      seed: values.seed, threads: threads)
  }
}
