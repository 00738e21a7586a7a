/// How far a training run is, after an epoch.
package struct TrainingProgress: Hashable, Sendable {
  /// Epochs done.
  package let epoch: Int
  package let epochs: Int
  /// The mean cross-entropy over the epoch's records, each when its batch was taken.
  package let meanLoss: Double
}

/// Trains by batches of the mean cross-entropy; throwing from `progress` cancels.
///
/// The network is the better for every batch until then. The same network, records and settings
/// give the same weights, whatever the number of threads.
///
/// - Throws: `NetworkError` when records or settings do not fit, and what reading the records or
///   `progress` throws.
package func train(
  _ network: inout Network, on examples: any ExampleSource, settings: TrainingSettings,
  threads: Int,
  progress: (TrainingProgress) throws -> Void = { _ in }
) throws {
  try settings.check()
  try network.check(examples)
  guard examples.count > 0 else { throw NetworkError.invalidSettings("no records to train on") }
  var optimiser = Optimiser(settings.optimiser, weightDecay: settings.weightDecay)
  for epoch in 0..<settings.epochs {
    let rate =
      settings.learningRate * settings.schedule.factor(epoch: epoch, of: settings.epochs)
    var lossSum = 0.0
    let batches = Batches.indices(
      count: examples.count, batchSize: settings.batchSize, seed: settings.seed, epoch: epoch)
    for indices in batches {
      let loss = network.weightedLoss(
        inputs: try examples.inputs(at: indices), labels: indices.map { examples.labels[$0] },
        weights: [Float](repeating: 1 / Float(indices.count), count: indices.count),
        mode: settings.batchNormalisation, scope: settings.scope, threads: threads)
      optimiser.step(&network, loss.gradients, learningRate: rate)
      lossSum += loss.losses.reduce(0) { $0 + Double($1) }
    }
    try progress(
      TrainingProgress(
        epoch: epoch + 1, epochs: settings.epochs, meanLoss: lossSum / Double(examples.count)))
  }
}
