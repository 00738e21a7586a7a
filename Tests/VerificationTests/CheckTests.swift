import Records
import Testing

@testable import Verification

@Suite struct CheckTests {
  let policy: Policy

  init() throws { policy = try PolicyReaderTests.policy() }

  func run(_ check: Check, _ observations: Observations) throws -> CheckResult {
    check.result(observations, try #require(policy.checks[check.id]))
  }

  @Test(
    "the drop for other people is judged on its bound, with 339 records",
    arguments: [
      (2, CheckStatus.pass), (4, .pass), (14, .warn), (18, .inconclusive), (24, .fail), (60, .fail),
    ])
  func utility(missed: Int, expected: CheckStatus) throws {
    let result = try run(
      .utilityTest,
      Synthetic.observations(candidate: Synthetic.model(correctForget: 0, missed: missed, salt: 1)))
    #expect(result.status == expected, "\(result.finding)")
    #expect(result.thresholds["passDropPartsPerMillion"] == 30_000)
    #expect(Set(result.measurements.map(\.role)) == [.candidate, .original, .reference])
  }

  @Test("with few records a drop of two answers is inconclusive, not a failure")
  func utilityOfFew() throws {
    let labels = (0..<30).map { 1 + $0 % 4 }
    let perfect = Synthetic.predictions(labels, labels)
    let worse = Synthetic.predictions(labels, [4, 4] + labels.dropFirst(2))
    let person = Synthetic.predictions([0], [0])
    func model(_ test: Predictions) -> ModelPredictions {
      ModelPredictions(forget: person, retain: nil, heldOut: person, test: test)
    }
    let observations = Synthetic.observations(
      candidate: model(worse), original: model(perfect), references: [])
    #expect(try run(.utilityTest, observations).status == .inconclusive)
    #expect(try run(.utilityRetain, observations).status == .notAssessed)
  }

  @Test("a class that is lost fails although the whole hardly drops")
  func lostClass() throws {
    // 40 of 4,000 records are of class 4, and all of them are lost: one point in all.
    let labels = (0..<4_000).map { $0 % 100 == 0 ? 4 : 1 + $0 % 3 }
    let person = Synthetic.predictions([0], [0])
    func model(_ answers: [Int]) -> ModelPredictions {
      ModelPredictions(
        forget: person, retain: nil, heldOut: person, test: Synthetic.predictions(labels, answers))
    }
    let result = try run(
      .utilityTest,
      Synthetic.observations(
        candidate: model(labels.map { $0 == 4 ? 1 : $0 }), original: model(labels), references: []))
    #expect(result.status == .fail)
    #expect(result.finding.contains("the class of index 4"))
  }

  @Test(
    "answers on the person's 30 records: none or one is too few to tell, more is a failure",
    arguments: [(0, CheckStatus.inconclusive), (1, .inconclusive), (6, .fail), (30, .fail)])
  func forgetAccuracy(correct: Int, expected: CheckStatus) throws {
    let result = try run(
      .forgetAccuracy,
      Synthetic.observations(candidate: Synthetic.model(correctForget: correct, salt: 1)))
    #expect(result.status == expected, "\(result.finding)")
  }

  @Test("with many records the same behaviour as the references passes, and cannot without them")
  func forgetAccuracyOfMany() throws {
    func model(_ correct: Int, _ salt: Int) -> ModelPredictions {
      Synthetic.model(forget: 600, heldOut: 1_200, correctForget: correct, salt: salt)
    }
    let observations = Synthetic.observations(
      candidate: model(0, 1), original: model(600, 2), references: [model(0, 3), model(0, 4)])
    #expect(try run(.forgetAccuracy, observations).status == .pass)
    let alone = Synthetic.observations(
      candidate: model(0, 1), original: model(600, 2), references: [])
    #expect(try run(.forgetAccuracy, alone).status == .warn)
  }

  @Test("a request for single records of a class that stays is judged on both sides")
  func bothSides() throws {
    func model(_ correct: Int, _ salt: Int) -> ModelPredictions {
      let labels = (0..<600).map { 1 + $0 % 4 }
      let answers = labels.enumerated().map { $0 < correct ? $1 : 1 + $1 % 4 }
      let base = Synthetic.model(correctForget: 0, salt: salt)
      return ModelPredictions(
        forget: Synthetic.predictions(labels, answers, salt: salt), retain: base.retain,
        heldOut: Synthetic.predictions([], []), test: base.test)
    }
    func status(_ correct: Int) throws -> CheckStatus {
      let observations = Synthetic.observations(
        candidate: model(correct, 1), original: model(600, 2),
        references: [model(560, 3), model(562, 4)])
      #expect(!observations.forgetsWholeClasses)
      return try run(.forgetAccuracy, observations).status
    }
    #expect(try status(561) == .pass)
    #expect(try status(0) == .fail)
    #expect(try status(600) == .fail)
  }

  @Test("membership of 30 records is inconclusive when nothing is seen, and fails when it is plain")
  func membershipOfFew() throws {
    #expect(
      try run(.populationMembership, Synthetic.observations()).status == .inconclusive)
    // The candidate answers every forget record and no held-out record.
    let base = Synthetic.model(correctForget: 0, salt: 1)
    let plain = ModelPredictions(
      forget: Synthetic.model(correctForget: 30, salt: 1).forget, retain: base.retain,
      heldOut: base.heldOut, test: base.test)
    #expect(
      try run(.populationMembership, Synthetic.observations(candidate: plain)).status == .fail)
  }

  @Test("membership passes only with the records that the policy asks for")
  func membershipOfMany() throws {
    func status(_ forget: Int, _ heldOut: Int) throws -> CheckStatus {
      func model(_ salt: Int) -> ModelPredictions {
        Synthetic.model(forget: forget, heldOut: heldOut, correctForget: 0, salt: salt)
      }
      return try run(
        .populationMembership,
        Synthetic.observations(
          candidate: model(1), original: model(2), references: [model(1), model(1)])
      ).status
    }
    #expect(try status(6_000, 6_000) == .pass)
    #expect(try status(400, 6_000) != .pass)
    #expect(try status(200, 6_000) == .inconclusive)
  }

  @Test("without held-out records there is nothing to compare with")
  func noHeldOut() throws {
    let model = Synthetic.model(heldOut: 0, correctForget: 0, salt: 1)
    let result = try run(
      .populationMembership,
      Synthetic.observations(candidate: model, original: model, references: []))
    #expect(result.status == .notAssessed)
  }

  @Test("a distance needs two references to be judged")
  func distance() throws {
    let far = Synthetic.model(correctForget: 30, missed: 300, salt: 1)
    #expect(try run(.outputDistance, Synthetic.observations(candidate: far)).status == .fail)
    let near = Synthetic.observations(candidate: Synthetic.model(correctForget: 0, salt: 3))
    #expect(try run(.outputDistance, near).status == .pass)
    let single = Synthetic.observations(references: [Synthetic.model(correctForget: 0, salt: 3)])
    #expect(try run(.outputDistance, single).status == .notAssessed)
    #expect(try run(.outputDistance, Synthetic.observations(references: [])).status == .notAssessed)
  }

  @Test("legacy figures are reported and decide nothing")
  func legacy() throws {
    // The original is sure of its training records and wrong about most of the others.
    let observations = Synthetic.observations(
      original: Synthetic.model(correctForget: 30, missed: 300, salt: 2))
    let attack = try run(.legacyMIA, observations)
    #expect(attack.status == .notAssessed && attack.measurements.count == 4)
    // The original answers the forget set confidently, the candidate does not.
    let original = try #require(attack.measurements.first { $0.role == .original })
    let candidate = try #require(attack.measurements.first { $0.role == .candidate })
    #expect(candidate.valuePartsPerMillion == 1_000_000)
    #expect(original.valuePartsPerMillion == 0)
    let distance = try run(.legacyWasserstein, observations)
    #expect(distance.status == .notAssessed && distance.measurements.count == 4)
  }

  @Test("the original is told from a model that never saw the person, the references are not")
  func controls() {
    let controls = Controls(Synthetic.observations(), policy)
    #expect(controls.detectsOriginal && controls.failsReferences.isEmpty)
  }

  @Test("an original that does not know the person leaves the suite without power, and is named")
  func noPower() throws {
    let observations = Synthetic.observations(original: Synthetic.model(correctForget: 0, salt: 2))
    let (_, judgement, _) = try assess(observations, labelNames: [], policy: policy) { _ in }
    #expect(judgement.verdict == .warn)
    #expect(judgement.caps.contains { $0.contains("no power") })
  }

  @Test("a reference that knows the person is named")
  func wrongReference() throws {
    let observations = Synthetic.observations(
      references: [
        Synthetic.model(correctForget: 0, salt: 3), Synthetic.model(correctForget: 30, salt: 4),
      ])
    let controls = Controls(observations, policy)
    #expect(controls.failsReferences == [Check.forgetAccuracy.title])
  }
}
