import Records
import Testing

@testable import Verification

@Suite struct JudgeTests {
  static let good = Controls(detectsOriginal: true, failsReferences: [])

  static func result(_ id: String, _ status: CheckStatus, isMandatory: Bool = true) -> CheckResult {
    CheckResult(
      id: id, title: id, status: status, isMandatory: isMandatory, finding: "finding of \(id).",
      thresholds: [:], measurements: [])
  }

  /// Every check passed.
  static let passed = Checks.all.filter { $0.purpose != .information }.map { result($0.id, .pass) }

  static func results(_ changes: [String: CheckStatus]) -> [CheckResult] {
    passed.map { changes[$0.id] == nil ? $0 : result($0.id, changes[$0.id] ?? .pass) }
  }

  static let exact = Synthetic.observations(provenance: Synthetic.provenance(Synthetic.clear))

  @Test("the exact route passes on provenance and utility")
  func exactPasses() {
    let judgement = Judge.judge(Self.passed, Self.exact, Self.good)
    #expect(judgement.verdict == .pass && judgement.caps.isEmpty)
  }

  /// Each cap in isolation, on a candidate whose every check passed.
  @Test(
    "each cap alone holds the verdict at WARN",
    arguments: [
      (
        Synthetic.observations(
          tensors: Synthetic.tensors(extractor: 0, classifier: 1)),
        good, Judge.outputSuppression
      ),
      (Synthetic.observations(), good, "what the representation keeps"),
      (
        Synthetic.observations(
          provenance: Synthetic.provenance(.init(extractor: .clear, classifier: .mitigated))),
        good, "what the representation keeps"
      ),
      (
        Synthetic.observations(references: []), good,
        "no model retrained without the person to compare with"
      ),
      (
        Synthetic.observations(
          provenance: Synthetic.provenance(Synthetic.clear, covered: 29)),
        good, "29 of 30"
      ),
      (
        Synthetic.observations(
          provenance: Synthetic.provenance(Synthetic.clear, tuned: true)),
        good, "figures that certify"
      ),
      (
        Synthetic.observations(), Controls(detectsOriginal: false, failsReferences: []),
        "no power"
      ),
      (
        Synthetic.observations(),
        Controls(detectsOriginal: true, failsReferences: ["some check"]), "'some check'"
      ),
      (
        // The registry says clear, the bytes say otherwise.
        Synthetic.observations(
          tensors: Synthetic.tensors(extractor: 0, classifier: 5),
          provenance: Synthetic.provenance(Synthetic.clear)),
        good, Judge.outputSuppression
      ),
    ])
  func caps(observations: Observations, controls: Controls, expected: String) {
    let judgement = Judge.judge(Self.passed, observations, controls)
    #expect(judgement.verdict == .warn)
    #expect(judgement.caps.contains { $0.contains(expected) }, "\(judgement.caps)")
    #expect(!judgement.reasons.isEmpty)
  }

  @Test("the words for an unchanged representation are exact")
  func words() {
    let caps = Judge.caps(
      Synthetic.observations(tensors: Synthetic.tensors(extractor: 0, classifier: 1)), Self.good)
    #expect(caps.contains("output suppression; representation unchanged"))
  }

  @Test("a retrained model does not need a reference to pass")
  func exactWithoutReference() {
    let observations = Synthetic.observations(
      references: [], provenance: Synthetic.provenance(Synthetic.clear))
    #expect(Judge.judge(Self.passed, observations, Self.good).verdict == .pass)
  }

  @Test(
    "on the exact route attacks may be inconclusive but not contradict",
    arguments: [
      (
        ["population-membership": CheckStatus.inconclusive, "forget-accuracy": .inconclusive],
        Verdict.pass
      ),
      (["output-distance": .fail], .pass), (["population-membership": .fail], .fail),
      (["forget-accuracy": .fail], .fail), (["utility-test": .inconclusive], .warn),
      (["utility-test": .warn], .warn), (["utility-retain": .notAssessed], .warn),
      (["utility-test": .fail], .fail), (["provenance": .warn], .warn),
    ])
  func exactRoute(changes: [String: CheckStatus], expected: Verdict) {
    #expect(Judge.judge(Self.results(changes), Self.exact, Self.good).verdict == expected)
  }

  @Test("controls that misbehave are named on the exact route without taking its PASS")
  func exactControls() {
    let judgement = Judge.judge(
      Self.passed, Self.exact, Controls(detectsOriginal: false, failsReferences: []))
    #expect(judgement.verdict == .pass)
    #expect(judgement.reasons.contains { $0.contains("no power") })
  }

  @Test("a mandatory FAIL fails, one that is not mandatory does not")
  func mandatory() {
    let failed = Self.results(["utility-test": .fail])
    #expect(Judge.judge(failed, Synthetic.observations(), Self.good).verdict == .fail)
    let optional = Self.passed + [Self.result("output-distance", .fail, isMandatory: false)]
    let judgement = Judge.judge(optional, Synthetic.observations(), Self.good)
    #expect(judgement.verdict == .warn)
    #expect(judgement.reasons.contains { $0.hasPrefix("It does not decide") })
  }

  @Test("a candidate that is the original fails")
  func nothingChanged() {
    let same = Synthetic.observations(tensors: Synthetic.tensors(extractor: 0, classifier: 0))
    #expect(Judge.judge(Self.passed, same, Self.good).verdict == .fail)
  }
}
