import NeuralNetworks
import Records
import Testing
import Unlearning

@Suite("The loop of forgetting")
struct ForgettingLoopTests {
  private func settings(
    learningRate: Double = 0.05, l1Strength: Double = 2e-4, batchSize: Int = 256, epochs: Int,
    stopConfidence: Double = 0
  ) -> DescentSettings {
    DescentSettings(
      learningRate: learningRate, momentum: 0.9, weightDecay: 5e-4, l1Strength: l1Strength,
      batchSize: batchSize, epochCount: epochs, stopConfidence: stopConfidence, seed: 1)
  }

  private func loop(_ settings: DescentSettings) throws -> ForgettingLoop<ClassifierDescent> {
    ForgettingLoop(
      ClassifierDescent(
        Reference.classifier, forget: try Reference.pack(), settings: settings),
      method: "imu", settings: settings)
  }

  @Test("three steps are PyTorch's")
  func torchSteps() throws {
    var loop = try loop(settings(epochs: 3))
    let outcome = try loop.run(
      weighing: { epoch, _, _ in epoch == 0 ? Reference.weights : nil }, progress: { _ in })
    #expect(
      relativeDifference(
        loop.steps.classifier.values, Reference.byFeature(Reference.classifierAfterThreeSteps))
        < 1e-13)
    let millionths = Reference.losses.map { Int(($0 * 1e6).rounded()) }
    #expect(outcome.losses == millionths)
    #expect(outcome.stepCount == 3 && outcome.epochCount == 3 && outcome.coveredRecords == 20)
  }

  @Test("it stops at the first step at which the mean confidence is low enough")
  func stopRule() throws {
    let settings = settings(epochs: 500, stopConfidence: 0.01)
    let pack = try Reference.pack()
    let first = pack.selecting(pack.labels.indices.filter { pack.labels[$0] == 0 })
    var loop = ForgettingLoop(
      ClassifierDescent(Reference.classifier, forget: first, settings: settings), method: "imu",
      settings: settings)
    let outcome = try loop.run(
      weighing: { epoch, _, pack in epoch == 0 ? pack.labels.map { _ in 1 } : nil },
      progress: { _ in })
    let last = try #require(outcome.confidences.last)
    #expect(last <= 10_000 && outcome.confidences.dropLast().allSatisfy { $0 > 10_000 })
    #expect(outcome.stopReason == "mean confidence is at most 0.01")
  }

  @Test("a stop within the first epoch leaves the batches not reached uncovered")
  func coverage() throws {
    var loop = try loop(
      settings(learningRate: 1000, batchSize: 8, epochs: 5, stopConfidence: 0.4))
    let outcome = try loop.run(
      weighing: { epoch, _, pack in epoch == 0 ? pack.labels.map { _ in 1 } : nil },
      progress: { _ in })
    #expect(outcome.stepCount < 3 && outcome.coveredRecords == 8 * outcome.stepCount)
    #expect(outcome.selectedRecords == 20)
  }

  @Test("where no record has a weight, nothing is done and it says so")
  func nothingSelected() throws {
    var loop = try loop(settings(epochs: 3))
    let outcome = try loop.run(
      weighing: { _, _, pack in pack.labels.map { _ in 0 } }, progress: { _ in })
    #expect(loop.steps.classifier.values == Reference.classifier.values)
    #expect(outcome.coveredRecords == 0 && outcome.stepCount == 0)
    #expect(outcome.stopReason.hasPrefix("no record was selected"))
  }

  @Test("numbers that overflow are an error that names the constants")
  func divergence() throws {
    var loop = try loop(settings(learningRate: 1e300, epochs: 9))
    #expect {
      try loop.run(
        weighing: { _, _, pack in pack.labels.map { _ in 1 } }, progress: { _ in })
    } throws: { error in
      "\(error)".contains("diverged") && "\(error)".contains("learningRatePartsPerBillion")
    }
  }

  @Test("throwing from the progress cancels")
  func cancellation() throws {
    struct Cancelled: Error {}
    var loop = try loop(settings(epochs: 9))
    #expect(throws: Cancelled.self) {
      try loop.run(
        weighing: { _, _, pack in pack.labels.map { _ in 1 } }, progress: { _ in throw Cancelled() }
      )
    }
  }
}
