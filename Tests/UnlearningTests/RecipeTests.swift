import NeuralNetworks
import Records
import Testing
import Unlearning

@Suite("Recipes of unlearning")
struct RecipeTests {
  private func recipe(
    _ method: String, _ choices: [String: String] = [:], _ constants: [String: Int] = [:]
  ) throws -> Recipe {
    try UnlearningMethods.recipe(
      method: method, overridingChoices: choices, constants: constants, seed: 1,
      environment: SmallNetwork.environment)
  }

  @Test("a recipe has every choice and constant, overridden where asked", arguments: ["imu"])
  func merged(name: String) throws {
    let method = try UnlearningMethods.named(name)
    let recipe = try recipe(name, ["scope": "all"], ["epochCount": 3])
    #expect(Set(recipe.choices.keys) == Set(method.choices.map(\.name)))
    #expect(Set(recipe.constants.keys) == Set(method.constants.map(\.name)))
    #expect(recipe.choices["scope"] == "all" && recipe.constants["epochCount"] == 3)
    #expect(recipe.constants["clipQuantilePartsPerMillion"] == 930_000)
  }

  @Test("every method's standards are values it accepts, and its names are its own")
  func standards() throws {
    #expect(UnlearningMethods.all.map(\.name) == ["imu", "gradient-ascent", "retrain"])
    for method in UnlearningMethods.all {
      _ = try recipe(method.name)
      let names = method.choices.map(\.name) + method.constants.map(\.name)
      #expect(Set(names).count == names.count)
    }
  }

  @Test("what is unknown or out of range is refused, with what there is")
  func refusals() throws {
    #expect(
      throws: UnlearningError.unknownMethod("im", known: ["imu", "gradient-ascent", "retrain"])
    ) { try recipe("im") }
    #expect(
      throws: UnlearningError.invalidChoice(
        "scope", value: "head", method: "imu", allowed: ["classifier", "all"])
    ) { try recipe("imu", ["scope": "head"]) }
    #expect(
      throws: UnlearningError.constantOutOfRange(
        "updateFrequency", value: 3, method: "imu", range: 0...2)
    ) { try recipe("imu", [:], ["updateFrequency": 3]) }
    #expect {
      try recipe("gradient-ascent", [:], ["clipQuantilePartsPerMillion": 1])
    } throws: { "\($0)".contains("no constant 'clipQuantilePartsPerMillion'; it has learning") }
    #expect {
      try recipe("retrain", ["scope": "all"])
    } throws: { "\($0)".contains("no choice 'scope'; it has optimiser") }
  }

  @Test("a recipe that lacks a constant is not run")
  func incomplete() throws {
    let network = try SmallNetwork.trained()
    let recipe = Recipe(method: "imu", seed: 1, environment: SmallNetwork.environment)
    #expect(throws: UnlearningError.incompleteRecipe(method: "imu", missing: "scope")) {
      try UnlearningMethod.imu.run(
        UnlearningInput(
          network: network, forget: SmallNetwork.records(of: 1), recipe: recipe, threads: 1))
    }
  }

  @Test("a recipe from before augmentation means what it meant; nothing else may be missing")
  func older() throws {
    let network = try SmallNetwork.trained()
    let now = try recipe("retrain", [:], ["epochCount": 2])
    func run(without lacking: Set<String>) throws -> [UInt32] {
      let older = Recipe(
        method: "retrain", choices: now.choices.filter { !lacking.contains($0.key) },
        constants: now.constants.filter { !lacking.contains($0.key) }, seed: now.seed,
        environment: now.environment)
      return try UnlearningMethod.retrain.run(
        UnlearningInput(
          network: network, forget: SmallNetwork.records(of: 1),
          retain: SmallNetwork.records(without: 1), recipe: older, threads: 1)
      ).network.bitPatterns
    }
    let newer: Set = ["augmentation", "greatestShiftPixels", "scheduleRisePartsPerMillion"]
    #expect(try run(without: newer) == run(without: []))
    for name in Set(now.choices.keys).union(now.constants.keys).subtracting(newer) {
      #expect(throws: UnlearningError.incompleteRecipe(method: "retrain", missing: name)) {
        try run(without: [name])
      }
    }
  }

  @Test("no records to forget is an error that says so")
  func empty() throws {
    let network = try SmallNetwork.trained()
    #expect(throws: UnlearningError.noForgetRecords(method: "imu")) {
      try SmallNetwork.run("imu", on: network, forget: SmallNetwork.training.selecting([]))
    }
  }
}
