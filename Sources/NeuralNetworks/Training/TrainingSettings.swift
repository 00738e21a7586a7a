/// All that determines a training run, beside the network and the records.
package struct TrainingSettings: Hashable, Sendable {
  package var epochs: Int
  package var batchSize: Int
  package var optimiser: Optimiser.Rule
  package var learningRate: Double
  package var schedule: Schedule
  package var weightDecay: Double
  /// Decides the order of the records in every epoch, and what augmentation does to each.
  package var seed: UInt64
  package var scope: TrainableScope
  package var batchNormalisation: BatchNormalisationMode
  package var augmentation: Augmentation

  package init(
    epochs: Int, batchSize: Int, optimiser: Optimiser.Rule = .sgd(momentum: 0.9),
    learningRate: Double, schedule: Schedule = .cosine, weightDecay: Double = 0, seed: UInt64,
    scope: TrainableScope = .all, batchNormalisation: BatchNormalisationMode = .training,
    augmentation: Augmentation = .none
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
    self.augmentation = augmentation
  }

  /// Whether a record's features are the same in every epoch.
  var keepsFeatures: Bool {
    scope == .classifier && batchNormalisation == .frozen && augmentation == .none
  }

  /// The steps of an epoch over so many records.
  package func stepsPerEpoch(records: Int) -> Int {
    Batches.sizes(count: records, batchSize: batchSize).count
  }

  /// - Throws: `NetworkError.invalidSettings` naming the first value that cannot be.
  func check(inputShape: [Int]) throws(NetworkError) {
    try augmentation.check(inputShape: inputShape)
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
    if case .oneCycle(let rise) = schedule, !(0...1).contains(rise) {
      throw NetworkError.invalidSettings("a rise over \(rise) of all steps")
    }
  }
}
