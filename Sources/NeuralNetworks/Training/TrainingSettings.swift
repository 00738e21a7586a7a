/// All that determines a training run, beside the network and the records.
package struct TrainingSettings: Hashable, Sendable {
  package var epochs: Int
  package var batchSize: Int
  package var optimiser: Optimiser.Rule
  package var learningRate: Double
  package var schedule: Schedule
  package var weightDecay: Double
  /// Decides the order of the records in every epoch.
  package var seed: UInt64
  package var scope: TrainableScope
  package var batchNormalisation: BatchNormalisationMode

  package init(
    epochs: Int, batchSize: Int, optimiser: Optimiser.Rule = .sgd(momentum: 0.9),
    learningRate: Double, schedule: Schedule = .cosine, weightDecay: Double = 0, seed: UInt64,
    scope: TrainableScope = .all, batchNormalisation: BatchNormalisationMode = .training
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.optimiser = optimiser
    self.learningRate = learningRate
    self.schedule = schedule
    self.weightDecay = weightDecay
    self.seed = seed
    self.scope = scope
    self.batchNormalisation = batchNormalisation
  }

  /// - Throws: `NetworkError.invalidSettings` naming the first value that cannot be.
  func check() throws(NetworkError) {
    guard epochs >= 0 else { throw NetworkError.invalidSettings("\(epochs) epochs") }
    guard batchSize > 0 else { throw NetworkError.invalidSettings("batches of \(batchSize)") }
    guard learningRate.isFinite, learningRate >= 0 else {
      throw NetworkError.invalidSettings("a learning rate of \(learningRate)")
    }
    guard weightDecay.isFinite, weightDecay >= 0 else {
      throw NetworkError.invalidSettings("a weight decay of \(weightDecay)")
    }
    if case .step(let every, _) = schedule, every < 1 {
      throw NetworkError.invalidSettings("a step every \(every) epochs")
    }
  }
}
