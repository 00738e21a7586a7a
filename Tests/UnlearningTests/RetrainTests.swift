import NeuralNetworks
import Records
import Testing
import Unlearning

@Suite("Retraining")
struct RetrainTests {
  private static let constants = ["epochCount": 25, "learningRatePartsPerBillion": 20_000_000]

  private func retrained(
    _ network: Network, choices: [String: String] = [:], seed: UInt64 = 7, threads: Int = 1
  ) throws -> UnlearningResult {
    try SmallNetwork.run(
      "retrain", on: network, retain: SmallNetwork.records(without: 1), choices: choices,
      constants: Self.constants, seed: seed, threads: threads)
  }

  @Test("it never answers the class it has not seen, and knows the others")
  func forgets() throws {
    let result = try retrained(try SmallNetwork.trained())
    let held = SmallNetwork.examples(perClass: 20, seed: 99)
    #expect(
      SmallNetwork.accuracy(result.network, SmallNetwork.records(of: 1, in: held)) <= 0.05)
    #expect(
      SmallNetwork.accuracy(result.network, SmallNetwork.records(without: 1, in: held)) >= 0.95)
    #expect(result.trace.usesRetainSet && result.trace.coveredRecords == 12)
    #expect(result.trace.figures["retainRecords"] == 24 && result.trace.stepCount == 25)
  }

  @Test("the same seed gives the same bits for 1, 2 and 4 threads, another seed others")
  func determinism() throws {
    let network = try SmallNetwork.trained()
    let first = try retrained(network).network.bitPatterns
    for threads in [1, 2, 4] {
      #expect(try retrained(network, threads: threads).network.bitPatterns == first)
    }
    #expect(try retrained(network, seed: 8).network.bitPatterns != first)
  }

  @Test("nothing of the old weights is read")
  func freshWeights() throws {
    let network = try SmallNetwork.trained()
    let untrained = try Network(network.configuration, seed: 1)
    #expect(
      try retrained(network).network.bitPatterns == retrained(untrained).network.bitPatterns)
  }

  @Test("means and deviations are taken over the records that stay, unless kept")
  func preprocessing() throws {
    let network = try SmallNetwork.trained()
    let refitted = try retrained(network).network.configuration.preprocessing
    let expected = try Preprocessing(standardising: SmallNetwork.records(without: 1))
    #expect(refitted == expected)
    let kept = try retrained(network, choices: ["preprocessing": "kept"])
    #expect(kept.network.configuration == network.configuration)
  }

  @Test("without the records that stay it does not run")
  func retainSetMissing() throws {
    let network = try SmallNetwork.trained()
    #expect(throws: UnlearningError.retainSetMissing(method: "retrain")) {
      try SmallNetwork.run("retrain", on: network)
    }
  }

  @Test("it goes on from what an epoch came to, to the same bits, and tells every step of how many")
  func goesOn() throws {
    let network = try SmallNetwork.trained()
    let recipe = try UnlearningMethods.recipe(
      method: "retrain", constants: ["epochCount": 3, "batchSize": 10], seed: 7,
      environment: SmallNetwork.environment)
    func run(
      from state: TrainingState?, _ progress: (UnlearningProgress) -> Void = { _ in }
    ) throws -> UnlearningResult {
      try UnlearningMethod.retrain.run(
        UnlearningInput(
          network: network, forget: SmallNetwork.records(of: 1),
          retain: SmallNetwork.records(without: 1), recipe: recipe, threads: 1, from: state),
        progress: progress)
    }
    var states: [TrainingState] = []
    var seen: [[Int]] = []
    let whole = try run(from: nil) {
      if let state = $0.state { states.append(state) }
      seen.append([$0.epoch, $0.done, $0.total])
    }
    #expect(
      seen == [1, 1, 1, 2, 2, 2, 3, 3, 3].enumerated().map { [$1, $0 + 1, 9] })
    #expect(states.map(\.epochsDone) == [1, 2, 3])
    for state in states {
      let rest = try run(from: state)
      #expect(rest.network.bitPatterns == whole.network.bitPatterns)
      #expect(rest.trace == whole.trace)
    }
  }

  @Test("series cannot be shifted and mirrored")
  func augmentedSeries() throws {
    #expect {
      try retrained(try SmallNetwork.trained(), choices: ["augmentation": "shift-flip"])
    } throws: { "\($0)".contains("series") }
  }
}
