/// How far a training run is, after a step.
package struct TrainingProgress: Sendable {
  /// Epochs done.
  package let epoch: Int
  package let epochs: Int
  /// Steps done, of all epochs.
  package let step: Int
  package let steps: Int
  /// The mean cross-entropy over the epoch's records so far, each when its batch was taken.
  package let meanLoss: Double
  /// What training can go on from, after the last step of an epoch; nil within one.
  package let state: TrainingState?
}

/// Trains by batches of the mean cross-entropy; throwing from `progress` cancels.
///
/// The network is the better for every batch until then. The same network, records and settings
/// give the same weights, whatever the number of threads, and however often training was broken off
/// and gone on with from the state of its last epoch; without a state it begins with the network's
/// own weights.
///
/// - Throws: `NetworkError` when records, settings or state do not fit, and what reading the records
///   or `progress` throws.
package func train(
  _ network: inout Network, on examples: any ExampleSource, settings: TrainingSettings,
  threads: Int, from state: TrainingState? = nil,
  progress: (TrainingProgress) throws -> Void = { _ in }
) throws {
  try settings.check(inputShape: network.configuration.inputShape)
  try network.check(examples)
  guard examples.count > 0 else { throw NetworkError.invalidSettings("no records to train on") }
  var run = TrainingRun(
    settings: settings, epochsDone: state?.epochsDone ?? 0,
    steps: settings.epochs * settings.stepsPerEpoch(records: examples.count),
    optimiser: Optimiser(
      settings.optimiser, weightDecay: settings.weightDecay,
      remembering: state?.memory ?? Optimiser.Memory()), threads: threads)
  if let state {
    try state.check(settings, of: network, records: examples.count)
    network = state.network
  }
  while run.epochsDone < settings.epochs {
    try run.trainEpoch(&network, on: examples, progress: progress)
  }
}

/// A training on its way.
private struct TrainingRun {
  let settings: TrainingSettings
  var epochsDone: Int
  /// Of the whole training.
  let steps: Int
  var optimiser: Optimiser
  let threads: Int

  mutating func trainEpoch(
    _ network: inout Network, on examples: any ExampleSource,
    progress: (TrainingProgress) throws -> Void
  ) throws {
    let epoch = epochsDone
    var lossSum = 0.0
    var recordsDone = 0
    let batches = Batches.indices(
      count: examples.count, batchSize: settings.batchSize, seed: settings.seed, epoch: epoch)
    for indices in batches {
      let losses = try step(&network, on: examples, at: indices, after: recordsDone)
      lossSum += losses.reduce(0) { $0 + Double($1) }
      recordsDone += indices.count
      if recordsDone == examples.count { epochsDone += 1 }
      try progress(
        TrainingProgress(
          epoch: epochsDone, epochs: settings.epochs, step: optimiser.memory.stepCount,
          steps: steps, meanLoss: lossSum / Double(recordsDone),
          state: epochsDone > epoch
            ? TrainingState(network: network, memory: optimiser.memory, epochsDone: epochsDone)
            : nil))
    }
  }

  /// Takes one step, `recordsDone` records into the epoch; a frozen extractor's features are asked
  /// for rather than made again.
  ///
  /// - Returns: The loss of every record of the batch.
  private mutating func step(
    _ network: inout Network, on examples: any ExampleSource, at indices: [Int],
    after recordsDone: Int
  ) throws -> [Float] {
    let labels = indices.map { examples.labels[$0] }
    let weights = [Float](repeating: 1 / Float(labels.count), count: labels.count)
    let rate =
      settings.learningRate
      * settings.schedule.factor(
        epoch: epochsDone, of: settings.epochs, step: optimiser.memory.stepCount, of: steps)
    let loss =
      if settings.keepsFeatures {
        network.weightedLoss(
          features: try examples.features(at: indices, by: network, threads: threads),
          labels: labels, weights: weights, threads: threads)
      } else {
        network.weightedLoss(
          inputs: settings.augmentation.apply(
            to: try examples.inputs(at: indices), seed: settings.seed, epoch: epochsDone,
            start: recordsDone),
          labels: labels, weights: weights, mode: settings.batchNormalisation,
          scope: settings.scope, threads: threads)
      }
    optimiser.step(&network, loss.gradients, learningRate: rate, threads: threads)
    return loss.losses
  }
}
