import NeuralNetworks
import Records

/// What the loop did: all of the trace but the influences.
package struct ForgettingOutcome: Sendable {
  package let losses: [Int]
  package let confidences: [Int]
  package let epochCount: Int
  package let stepCount: Int
  /// Records that were in at least one step, with a weight that is not zero.
  package let coveredRecords: Int
  /// Records whose last weight is not zero.
  package let selectedRecords: Int
  package let stopReason: String
}

/// The loop all descents share: epochs of shuffled mini-batches, the stop rule, and the trace.
package struct ForgettingLoop<Steps: Descent> {
  /// The weights of the records for an epoch, or nil where the last ones stay.
  package typealias Weighing = (
    _ epoch: Int, _ classifier: ExtendedClassifier, _ pack: FeaturePack
  ) throws -> [Double]?

  private let methodName: String
  private let settings: DescentSettings
  package private(set) var steps: Steps
  private var generator: SeededGenerator
  private var weights: [Double] = []
  private var covered: Set<Int> = []
  private var stepCount = 0
  private var epochCount = 0
  private var losses: [Int] = []
  private var confidences: [Int] = []

  package init(_ steps: Steps, method: String, settings: DescentSettings) {
    self.steps = steps
    methodName = method
    self.settings = settings
    generator = SeededGenerator(seed: settings.seed)
  }

  package mutating func run(
    weighing: Weighing, progress: (UnlearningProgress) throws -> Void
  ) throws -> ForgettingOutcome {
    let before = steps.measured()
    try note(before)
    var reason: String?
    while reason == nil, epochCount < settings.epochCount {
      if let new = try weighing(epochCount, steps.classifier, steps.pack) { weights = new }
      reason = try reasonNotToBegin(before) ?? epoch(progress)
    }
    return ForgettingOutcome(
      losses: losses, confidences: confidences, epochCount: epochCount,
      stepCount: stepCount, coveredRecords: covered.count,
      selectedRecords: weights.count { $0 > 0 },
      stopReason: reason ?? "all \(settings.epochCount) epochs are done")
  }

  private func reasonNotToBegin(_ before: ForgetMeasurement) -> String? {
    guard weights.contains(where: { $0 > 0 }) else {
      return "no record was selected: none has an influence that the recipe takes"
    }
    guard epochCount == 0, before.confidence <= settings.stopConfidence else {
      return nil
    }
    return "mean confidence was at most \(settings.stopConfidence) before the first step"
  }

  /// One epoch; why it was the last, or nil.
  private mutating func epoch(
    _ progress: (UnlearningProgress) throws -> Void
  ) throws -> String? {
    let records = weights.indices.filter { weights[$0] > 0 }
    let order = generator.permutation(records.count).map { records[$0] }
    epochCount += 1
    var measurement = ForgetMeasurement?.none
    for start in stride(from: 0, to: order.count, by: settings.batchSize) {
      try step(Array(order[start..<min(start + settings.batchSize, order.count)]))
      guard settings.stopEvaluation == .step else { continue }
      let current = steps.measured()
      try check(current)
      measurement = current
      if current.confidence <= settings.stopConfidence { break }
    }
    let final = measurement ?? steps.measured()
    try note(final)
    try progress(
      UnlearningProgress(
        epoch: epochCount, epochCount: settings.epochCount, step: stepCount, loss: final.loss))
    return final.confidence <= settings.stopConfidence
      ? "mean confidence is at most \(settings.stopConfidence)" : nil
  }

  /// One step, the weights normalised within the mini-batch: Σŵ = 1 (algorithms A.1.3, 4).
  private mutating func step(_ batch: [Int]) throws {
    let sum = batch.reduce(0) { $0 + weights[$1] }
    try steps.step(batch, weights: batch.map { weights[$0] / sum })
    stepCount += 1
    covered.formUnion(batch)
  }

  private mutating func note(_ measurement: ForgetMeasurement) throws {
    try check(measurement)
    guard let loss = Parts.perMillion(measurement.loss),
      let confidence = Parts.perMillion(measurement.confidence)
    else { throw diverged("the mean loss of the forget set") }
    losses.append(loss)
    confidences.append(confidence)
  }

  private func check(_ measurement: ForgetMeasurement) throws {
    guard measurement.loss.isFinite, measurement.confidence.isFinite else {
      throw diverged("the mean loss of the forget set")
    }
  }

  private func diverged(_ quantity: String) -> UnlearningError {
    .diverged(
      quantity, method: methodName, step: stepCount,
      advice: "lower learningRatePartsPerBillion or momentumPartsPerMillion")
  }
}
