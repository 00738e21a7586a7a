import NeuralNetworks
import Records
import Testing
import Unlearning

@Suite("IMU and gradient ascent on a network")
struct ImuTests {
  private static let scopes = ["classifier", "all"]

  @Test(
    "the class is forgotten and the others are not", arguments: ["imu", "gradient-ascent"], scopes)
  func forgets(method: String, scope: String) throws {
    let network = try SmallNetwork.trained()
    let held = SmallNetwork.examples(perClass: 20, seed: 99)
    let (forgotten, kept) = (
      SmallNetwork.records(of: 1, in: held), SmallNetwork.records(without: 1, in: held)
    )
    try #require(SmallNetwork.accuracy(network, held) > 0.95)
    let result = try SmallNetwork.run(method, on: network, choices: ["scope": scope])
    #expect(SmallNetwork.accuracy(result.network, forgotten) <= 0.05)
    #expect(SmallNetwork.accuracy(result.network, kept) >= 0.9)
    #expect(result.trace.coveredRecords == 12 && !result.trace.usesRetainSet)
    #expect(result.trace.stopReason.hasPrefix("mean confidence is at most 0.0"))
  }

  @Test(
    "the steps of an epoch share its step size, so that every record of many batches is reached",
    arguments: ["imu", "gradient-ascent"])
  func sharedSteps(method: String) throws {
    let network = try SmallNetwork.trained()
    let forget = SmallNetwork.records(of: 1, in: SmallNetwork.examples(perClass: 400, seed: 98))
    let kept = SmallNetwork.records(without: 1, in: SmallNetwork.examples(perClass: 20, seed: 99))
    func run(per: String, constants: [String: Int] = [:]) throws -> UnlearningResult {
      try SmallNetwork.run(
        method, on: network, forget: forget,
        choices: ["learningRatePer": per],
        constants: ["batchSize": 2].merging(constants) { $1 })
    }
    let shared = try run(per: "epoch")
    #expect(shared.trace.coveredRecords == 400)
    #expect(shared.trace.stopReason.hasPrefix("mean confidence is at most 0.0"))
    #expect(SmallNetwork.accuracy(shared.network, kept) >= 0.9)
    #expect(try run(per: "step").trace.coveredRecords < 400)
    // Of 200 steps an epoch each has a two-hundredth of the step size.
    let small = try run(
      per: "step", constants: ["learningRatePartsPerBillion": 10_000_000 / 200])
    #expect(small.trace.forgetLossPartsPerMillion == shared.trace.forgetLossPartsPerMillion)
  }

  @Test("with scope classifier the extractor stays byte by byte, buffers included")
  func classifierOnly() throws {
    let network = try SmallNetwork.trained()
    let result = try SmallNetwork.run("imu", on: network)
    #expect(result.network.bitPatterns(.extractor) == network.bitPatterns(.extractor))
    #expect(
      result.network.bitPatterns(.extractor, buffers: true)
        == network.bitPatterns(.extractor, buffers: true))
    #expect(result.network.bitPatterns(.classifier) != network.bitPatterns(.classifier))
  }

  @Test("running statistics move only where batch normalisation is chosen to train")
  func batchNormalisation() throws {
    let network = try SmallNetwork.trained()
    let buffers = network.bitPatterns(.extractor, buffers: true)
    let constants = ["epochCount": 2, "stopConfidencePartsPerMillion": 0]
    for scope in Self.scopes {
      let frozen = try SmallNetwork.run(
        "imu", on: network, choices: ["scope": scope], constants: constants)
      #expect(frozen.network.bitPatterns(.extractor, buffers: true) == buffers)
      let moving = try SmallNetwork.run(
        "imu", on: network, choices: ["scope": scope, "batchNormalisation": "training"],
        constants: constants)
      #expect(moving.network.bitPatterns(.extractor, buffers: true) != buffers)
      #expect(
        (moving.network.bitPatterns(.extractor) == network.bitPatterns(.extractor))
          == (scope == "classifier"))
    }
  }

  @Test("a step back through the whole network moves its classifier as the step on features does")
  func pathsAgree() throws {
    let network = try SmallNetwork.trained()
    let constants = ["epochCount": 1, "stopConfidencePartsPerMillion": 0]
    let classifier = try SmallNetwork.run("imu", on: network, constants: constants)
    let whole = try SmallNetwork.run(
      "imu", on: network, choices: ["scope": "all"],
      constants: constants.merging([
        "learningRatePartsPerBillion": try Self.standardLearningRate()
      ]) { $1 })
    let (a, b) = (classifier.network.classifier, whole.network.classifier)
    for (x, y) in zip(a.weight.values + a.bias.values, b.weight.values + b.bias.values) {
      #expect(abs(x - y) < 1e-5)
    }
  }

  private static func standardLearningRate() throws -> Int {
    let constants = try UnlearningMethods.named("imu").constants
    return try #require(constants.first { $0.name == "learningRatePartsPerBillion" }).standard
  }

  @Test("ν says how often influences are computed", arguments: [(0, 1), (1, 5), (2, 3)])
  func updateFrequency(frequency: Int, updates: Int) throws {
    let result = try SmallNetwork.run(
      "imu", on: try SmallNetwork.trained(),
      constants: [
        "updateFrequency": frequency, "epochCount": 5, "stopConfidencePartsPerMillion": 0,
      ])
    #expect(result.trace.figures["influenceUpdates"] == updates)
    #expect(result.trace.epochCount == 5 && result.trace.forgetLossPartsPerMillion.count == 6)
  }

  @Test("records that the recipe leaves out are not counted as covered")
  func coverage() throws {
    let network = try SmallNetwork.trained()
    let half = try SmallNetwork.run(
      "imu", on: network, constants: ["topRatioPartsPerMillion": 500_000])
    #expect(half.trace.coveredRecords == 6)
    let negative = try SmallNetwork.run("imu", on: network, choices: ["select": "negative"])
    #expect(negative.trace.coveredRecords == negative.trace.figures["negativeInfluences"])
    #expect(negative.trace.influencePartsPerBillion.count == 12)
    let sorted = negative.trace.influencePartsPerBillion.sorted()
    #expect(negative.trace.influencePartsPerBillion == sorted)
  }

  @Test("the published influences give other weights, and are in the trace")
  func diagonalFisher() throws {
    let network = try SmallNetwork.trained()
    let published = try SmallNetwork.run(
      "imu", on: network, choices: ["influence": "diagonal-fisher"])
    let exact = try SmallNetwork.run("imu", on: network)
    #expect(published.trace.influencePartsPerBillion != exact.trace.influencePartsPerBillion)
    #expect(published.trace.figures["solverIterations"] == 0)
    #expect((exact.trace.figures["solverIterations"] ?? 0) > 0)
  }

  @Test("a network that does not know the records is left as it is")
  func alreadyForgotten() throws {
    let network = try SmallNetwork.trained()
    let result = try SmallNetwork.run(
      "imu", on: network, constants: ["stopConfidencePartsPerMillion": 1_000_000])
    #expect(result.network.bitPatterns == network.bitPatterns)
    #expect(result.trace.stopReason == "mean confidence was at most 1.0 before the first step")
  }

  @Test("a network whose losses are no numbers is refused before the first step", arguments: scopes)
  func notANumber(scope: String) throws {
    var network = try SmallNetwork.trained()
    network.classifier.bias.values[0] = .nan
    #expect {
      try SmallNetwork.run("imu", on: network, choices: ["scope": scope])
    } throws: { "\($0)".contains("the mean loss of the forget set is not finite after step 0") }
  }

  @Test("1, 2 and 4 threads give the same bits and the same trace", arguments: scopes)
  func threads(scope: String) throws {
    let network = try SmallNetwork.trained()
    let results = try [1, 2, 4].map {
      try SmallNetwork.run("imu", on: network, choices: ["scope": scope], threads: $0)
    }
    #expect(results[0].network.bitPatterns == results[1].network.bitPatterns)
    #expect(results[0].network.bitPatterns == results[2].network.bitPatterns)
    #expect(results[0].trace == results[1].trace && results[0].trace == results[2].trace)
  }
}
