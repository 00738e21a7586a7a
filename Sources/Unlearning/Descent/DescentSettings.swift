package import NeuralNetworks

/// How the loss of the forget set is driven up, step by step.
package struct DescentSettings: Sendable {
  /// When the stop rule looks at the forget set.
  package enum StopEvaluation: String, Sendable, CaseIterable {
    case step
    case epoch
  }

  package let scope: TrainableScope
  package let batchNormalisation: BatchNormalisationMode
  package let learningRate: Double
  package let momentum: Double
  package let weightDecay: Double
  /// α of α·‖θ_c‖₁, on the classifier alone.
  package let l1Strength: Double
  package let batchSize: Int
  package let epochCount: Int
  package let stopConfidence: Double
  package let stopEvaluation: StopEvaluation
  package let seed: UInt64
  package let threads: Int

  package init(
    scope: TrainableScope = .classifier, batchNormalisation: BatchNormalisationMode = .frozen,
    learningRate: Double, momentum: Double, weightDecay: Double, l1Strength: Double = 0,
    batchSize: Int, epochCount: Int, stopConfidence: Double,
    stopEvaluation: StopEvaluation = .step, seed: UInt64, threads: Int = 1
  ) {
    self.scope = scope
    self.batchNormalisation = batchNormalisation
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.l1Strength = l1Strength
    self.batchSize = batchSize
    self.epochCount = epochCount
    self.stopConfidence = stopConfidence
    self.stopEvaluation = stopEvaluation
    self.seed = seed
    self.threads = threads
  }
}
