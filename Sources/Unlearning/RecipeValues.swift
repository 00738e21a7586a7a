import Records

/// The choices and constants of a recipe, checked against the method that they are for.
struct RecipeValues: Sendable {
  private let recipe: Recipe

  /// Checks a recipe.
  ///
  /// - Throws: `UnlearningError` naming what is unknown, missing or out of range.
  init(_ recipe: Recipe, of method: UnlearningMethod) throws(UnlearningError) {
    precondition(
      recipe.method == method.name, "a recipe for '\(recipe.method)', not \(method.name)")
    self.recipe = recipe
    try checkChoices(method)
    try checkConstants(method)
  }

  private func checkChoices(_ method: UnlearningMethod) throws(UnlearningError) {
    let known = method.choices.map(\.name)
    if let unknown = recipe.choices.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownChoice(unknown, method: method.name, known: known)
    }
    for choice in method.choices {
      guard let value = recipe.choices[choice.name] ?? choice.whenAbsent else {
        throw .incompleteRecipe(method: method.name, missing: choice.name)
      }
      guard choice.allowed.contains(value) else {
        throw .invalidChoice(
          choice.name, value: value, method: method.name, allowed: choice.allowed)
      }
    }
  }

  private func checkConstants(_ method: UnlearningMethod) throws(UnlearningError) {
    let known = method.constants.map(\.name)
    if let unknown = recipe.constants.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownConstant(unknown, method: method.name, known: known)
    }
    for constant in method.constants {
      guard let value = recipe.constants[constant.name] ?? constant.whenAbsent else {
        throw .incompleteRecipe(method: method.name, missing: constant.name)
      }
      guard constant.range.contains(value) else {
        throw .constantOutOfRange(
          constant.name, value: value, method: method.name, range: constant.range)
      }
    }
  }

  var seed: UInt64 { recipe.seed }

  func choice(_ choice: UnlearningMethod.Choice) -> String {
    guard let value = recipe.choices[choice.name] ?? choice.whenAbsent else {
      preconditionFailure("a method reads the choice '\(choice.name)' that it does not list")
    }
    return value
  }

  func integer(_ constant: UnlearningMethod.Constant) -> Int {
    guard let value = recipe.constants[constant.name] ?? constant.whenAbsent else {
      preconditionFailure("a method reads the constant '\(constant.name)' that it does not list")
    }
    return value
  }

  /// The constant as a number, its unit taken from the end of its name.
  func number(_ constant: UnlearningMethod.Constant) -> Double {
    let value = integer(constant)
    if constant.name.hasSuffix("PartsPerBillion") { return Parts.fromPerBillion(value) }
    if constant.name.hasSuffix("PartsPerMillion") { return Parts.fromPerMillion(value) }
    return Double(value)
  }
}
