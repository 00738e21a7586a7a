import NeuralNetworks
import Records
import Registry
import Unlearning

extension Workplace {
  /// Seeds of references begin here, far from the seeds of rungs, which they must not share.
  static let firstReferenceSeed: UInt64 = 1_000_001

  /// Retrains models without the person, for comparison, each with a seed of its own.
  func references(
    _ count: Int, for work: ForgetCase, after root: Lineage, seed: UInt64
  ) throws -> [(model: ReferenceModel, network: Network)] {
    let retain = try work.retain
    guard retain.count > 0 else { return [] }
    let forget = try work.forget
    let (choices, constants) = TrainingRecipe.retraining(after: root)
    return try (0..<count).map { index in
      let recipe = try UnlearningMethods.recipe(
        method: "retrain", overridingChoices: choices, constants: constants,
        seed: Self.firstReferenceSeed + seed &* 1_000 &+ UInt64(index),
        environment: work.environment)
      let input = UnlearningInput(
        network: work.original, forget: forget, retain: retain, recipe: recipe, threads: threads)
      let result = try UnlearningMethod.retrain.run(input) {
        try progress(
          Progress(
            activity: "retraining reference \(index + 1) of \(count)", done: $0.epoch,
            total: $0.epochCount))
      }
      let digest = NetworkFiles(result.network).weightsDigest
      return (
        ReferenceModel(recipe: recipe, weights: digest, recordCount: retain.count), result.network
      )
    }
  }
}
