import NeuralNetworks
import Records
import Registry
import Unlearning

extension Workplace {
  /// Seeds of references begin here, far from the seeds of rungs, which they must not share.
  static let firstReferenceSeed: UInt64 = 1_000_001

  /// Retrains models without the person, for comparison, each with a seed of its own.
  func references(for climb: Climb) throws -> [(model: ReferenceModel, network: Network)] {
    guard climb.retain.count > 0 else { return [] }
    let (choices, constants) = TrainingRecipe.retraining(after: climb.root)
    let count = climb.policy.referenceCount
    return try (0..<count).map { index in
      let recipe = try UnlearningMethods.recipe(
        method: UnlearningMethod.retrain.name, overridingChoices: choices, constants: constants,
        seed: Self.firstReferenceSeed &+ climb.order.seed &* 1_000 &+ UInt64(index),
        environment: climb.work.environment)
      let result = try climb.run(
        .retrain, recipe, "retraining reference \(index + 1) of \(count)")
      let digest = NetworkFiles(result.network).weightsDigest
      return (
        ReferenceModel(recipe: recipe, weights: digest, recordCount: climb.retain.count),
        result.network
      )
    }
  }
}
