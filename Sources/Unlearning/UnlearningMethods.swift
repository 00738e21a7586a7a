package import Records

/// The one list of the methods of unlearning.
package enum UnlearningMethods {
  package static let all: [UnlearningMethod] = [.imu, .gradientAscent, .retrain]

  /// The method of that name.
  ///
  /// - Throws: `UnlearningError.unknownMethod` naming those there are.
  package static func named(_ name: String) throws(UnlearningError) -> UnlearningMethod {
    guard let method = all.first(where: { $0.name == name }) else {
      throw UnlearningError.unknownMethod(name, known: all.map(\.name))
    }
    return method
  }

  /// A complete recipe: the method's standard choices and constants, and what overrides them.
  ///
  /// - Throws: `UnlearningError` naming a method, choice or constant that does not exist, or a value
  ///   that it cannot have, and what there is.
  package static func recipe(
    method name: String, overridingChoices choices: [String: String] = [:],
    constants: [String: Int] = [:], seed: UInt64, environment: NumericEnvironment
  ) throws(UnlearningError) -> Recipe {
    let method = try named(name)
    let standardChoices = method.choices.map { ($0.name, $0.standard) }
    let standardConstants = method.constants.map { constant in
      let forAll = choices["scope"] == "all" ? constant.standardForScopeAll : nil
      return (constant.name, forAll ?? constant.standard)
    }
    let recipe = Recipe(
      method: name,
      choices: Dictionary(uniqueKeysWithValues: standardChoices).merging(choices) { $1 },
      constants: Dictionary(uniqueKeysWithValues: standardConstants).merging(constants) { $1 },
      seed: seed, environment: environment)
    _ = try RecipeValues(recipe, of: method)
    return recipe
  }
}
