import NeuralNetworks
import Records
import Unlearning

/// The recipe of ordinary training: that of retraining, and which part is frozen.
///
/// Sharing it is what makes the retrained reference come from the very same command.
enum TrainingRecipe {
  static let method = "train"
  static let freeze = "freeze"

  static func recipe(_ order: TrainOrder, environment: NumericEnvironment) throws -> Recipe {
    let recipe = try UnlearningMethods.recipe(
      method: "retrain", overridingChoices: order.choices, constants: order.constants,
      seed: order.seed, environment: environment)
    let frozen = order.freezesExtractor ? "extractor" : "nothing"
    return Recipe(
      method: method, choices: recipe.choices.merging([freeze: frozen]) { $1 },
      constants: recipe.constants, seed: recipe.seed, environment: environment)
  }

  static func settings(of recipe: Recipe) throws -> TrainingSettings {
    var settings = try UnlearningMethods.trainingSettings(
      of: Recipe(
        method: "retrain", choices: recipe.choices.filter { $0.key != freeze },
        constants: recipe.constants, seed: recipe.seed, environment: recipe.environment))
    if recipe.choices[freeze] == "extractor" {
      settings.scope = .classifier
      settings.batchNormalisation = .frozen
    }
    return settings
  }

  /// What retraining takes over from the recipe of the first version: everything but the seed.
  static func retraining(after lineage: Lineage) -> (
    choices: [String: String], constants: [String: Int]
  ) {
    let recipe = lineage.recipe
    guard lineage.origin == .scratch, [method, "retrain"].contains(recipe.method) else {
      return ([:], [:])
    }
    return (recipe.choices.filter { $0.key != freeze }, recipe.constants)
  }
}
