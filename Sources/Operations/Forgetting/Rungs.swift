import NeuralNetworks
import Records
import Unlearning

extension ForgetOrder {
  /// The rungs to climb: the policy's, or the one method that is ordered.
  func rungs(of policy: Policy) -> [Policy.Rung] {
    guard let method else { return policy.ladder }
    return [policy.ladder.first { $0.method == method } ?? Policy.Rung(method: method)]
  }

  /// Checks, before anything is written or computed, that every rung has a recipe.
  ///
  /// - Throws: `UnlearningError` naming a method, choice or constant that does not exist, or a value
  ///   that it cannot have.
  func check(_ policy: Policy, in environment: NumericEnvironment) throws {
    for rung in rungs(of: policy) { _ = try recipe(rung, after: nil, in: environment) }
  }

  /// What the rung, the order and, for retraining, the first version's recipe say, in that order of
  /// growing weight: the order last.
  func recipe(
    _ rung: Policy.Rung, after root: Lineage?, in environment: NumericEnvironment
  ) throws -> Recipe {
    let method = try UnlearningMethods.named(rung.method)
    var (choices, constants): ([String: String], [String: Int]) = ([:], [:])
    if let root, method.isRetraining {
      (choices, constants) = TrainingRecipe.retraining(after: root)
    }
    choices.merge(rung.choices ?? [:]) { $1 }
    constants.merge(rung.constants ?? [:]) { $1 }
    let isAlone = self.method != nil
    for (name, value) in self.choices
    where isAlone || method.choices.contains(where: { $0.name == name }) {
      choices[name] = value
    }
    for (name, value) in self.constants
    where isAlone || method.constants.contains(where: { $0.name == name }) {
      constants[name] = value
    }
    return try UnlearningMethods.recipe(
      method: method.name, overridingChoices: choices, constants: constants, seed: seed,
      environment: environment)
  }
}
