package import NeuralNetworks
package import Records

extension UnlearningMethods {
  /// The settings of training that a recipe of `retrain` stands for.
  ///
  /// - Throws: `UnlearningError` naming what in the recipe is unknown, missing or out of range.
  package static func trainingSettings(
    of recipe: Recipe
  ) throws(UnlearningError) -> TrainingSettings {
    precondition(recipe.method == UnlearningMethod.retrain.name, "a recipe of retraining")
    return RetrainParameters.settings(try RecipeValues(recipe, of: .retrain))
  }
}
