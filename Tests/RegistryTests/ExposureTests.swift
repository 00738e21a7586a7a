import Records
import Testing

@testable import Registry

@Suite("Exposure of a version to a person")
struct ExposureTests {
  static let manifest = Digest.of("manifest")
  /// The person is in records 0 to 9.
  static let person = [manifest: RecordSelection(0..<10)]

  /// One step of a case: how it came about and what was certified of it.
  struct Step: Sendable {
    var origin: Origin = .parent
    var extractor: TrainingData = .none
    var classifier: TrainingData = .none
    var certificates: [(Verdict, String)] = []

    static func trained(
      _ records: String, origin: Origin = .parent, _ certificates: (Verdict, String)...
    ) -> Step {
      Step(
        origin: origin, extractor: .records(records), classifier: .records(records),
        certificates: certificates)
    }

    static func untouched(_ certificates: (Verdict, String)...) -> Step {
      Step(certificates: certificates)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [Step]
    let extractor: Exposure
    let classifier: Exposure
    var isKnown = true

    init(
      _ description: String, _ steps: [Step], _ extractor: Exposure, _ classifier: Exposure,
      isKnown: Bool = true
    ) {
      testDescription = description
      self.steps = steps
      self.extractor = extractor
      self.classifier = classifier
      self.isKnown = isKnown
    }
  }

  static let first = Step.trained("0-99", origin: .scratch)
  static let unknown = Step(origin: .imported, extractor: .unknown, classifier: .unknown)

  static let cases = [
    Case("trained on the person", [first], .exposed, .exposed),
    Case(
      "trained on one record of the person", [.trained("9-20", origin: .scratch)], .exposed,
      .exposed),
    Case("trained on others only", [.trained("10-99", origin: .scratch)], .clear, .clear),
    Case("not trained at all", [Step(origin: .scratch)], .clear, .clear),
    Case(
      "only the classifier saw the person",
      [Step(origin: .scratch, extractor: .records("10-99"), classifier: .records("0-99"))],
      .clear, .exposed),
    Case("the parent's exposure carries over", [first, .untouched()], .exposed, .exposed),
    Case("and over many steps", [first, .trained("10-99"), .untouched()], .exposed, .exposed),
    Case(
      "retraining without the person leaves the parent behind",
      [first, .trained("10-99", origin: .scratch)], .clear, .clear),
    Case(
      "retraining with the person does not", [first, .trained("0-99", origin: .scratch)],
      .exposed, .exposed),
    Case(
      "a classifier fine-tuned on the person",
      [.trained("10-99", origin: .scratch), Step(classifier: .records("3"))], .clear, .exposed),
    // Certificates.
    Case("WARN mitigates", [first, .untouched((.warn, "0-9"))], .mitigated, .mitigated),
    Case("PASS clears", [first, .untouched((.pass, "0-9"))], .clear, .clear),
    Case("FAIL does nothing", [first, .untouched((.fail, "0-9"))], .exposed, .exposed),
    Case("a wider certificate does as well", [first, .untouched((.pass, "0-49"))], .clear, .clear),
    Case(
      "a certificate of some of the records does nothing", [first, .untouched((.pass, "0-8"))],
      .exposed, .exposed),
    Case(
      "of records the person was never trained with it need not speak",
      [.trained("5-99", origin: .scratch), .untouched((.pass, "5-9"))], .clear, .clear),
    Case(
      "a certificate of somebody else does nothing", [first, .untouched((.pass, "20-29"))],
      .exposed, .exposed),
    Case(
      "WARN makes nothing worse",
      [.trained("10-99", origin: .scratch), .untouched((.warn, "0-9"))], .clear, .clear),
    Case(
      "WARN after PASS on the way makes it mitigated, for it is the newer finding",
      [first, .untouched((.pass, "0-9"), (.warn, "0-9"))], .mitigated, .mitigated),
    Case(
      "PASS after WARN clears", [first, .untouched((.warn, "0-9"), (.pass, "0-9"))], .clear,
      .clear),
    Case(
      "FAIL after PASS takes it back", [first, .untouched((.pass, "0-9"), (.fail, "0-9"))],
      .exposed, .exposed),
    Case(
      "so does a later FAIL about some of the records",
      [first, .untouched((.pass, "0-9"), (.fail, "3"))], .exposed, .exposed),
    Case(
      "a later PASS about some of the records adds nothing",
      [first, .untouched((.warn, "0-9"), (.pass, "3"))], .mitigated, .mitigated),
    Case(
      "a later FAIL about somebody else changes nothing",
      [first, .untouched((.pass, "0-9"), (.fail, "20-29"))], .clear, .clear),
    Case(
      "two halves are not a whole", [first, .untouched((.pass, "0-4"), (.pass, "5-9"))],
      .exposed, .exposed),
    // What comes after a certificate.
    Case(
      "mitigation carries over", [first, .untouched((.warn, "0-9")), .trained("10-99")],
      .mitigated, .mitigated),
    Case(
      "clearance carries over", [first, .untouched((.pass, "0-9")), .trained("10-99")], .clear,
      .clear),
    Case(
      "a later fine-tune on the person exposes again",
      [first, .untouched((.pass, "0-9")), .trained("4")], .exposed, .exposed),
    Case(
      "of the part it trained",
      [first, .untouched((.pass, "0-9")), Step(classifier: .records("4"))], .clear, .exposed),
    Case(
      "and forgetting only that is not enough: the certificate must cover what ancestors saw",
      [first, .untouched((.warn, "0-9")), .trained("4"), .untouched((.pass, "4"))], .exposed,
      .exposed),
    Case(
      "forgetting all of it is",
      [first, .untouched((.warn, "0-9")), .trained("4"), .untouched((.pass, "0-9"))], .clear,
      .clear),
    Case(
      "from mitigated, PASS climbs to clear",
      [first, .untouched((.warn, "0-9")), .untouched((.pass, "0-9"))], .clear, .clear),
    Case(
      "from mitigated, FAIL stays mitigated: the parent's certificate stands",
      [first, .untouched((.warn, "0-9")), .untouched((.fail, "0-9"))], .mitigated, .mitigated),
    // What is not known.
    Case("an import of unknown training", [unknown], .exposed, .exposed, isKnown: false),
    Case(
      "nothing can be certified of it",
      [
        Step(
          origin: .imported, extractor: .unknown, classifier: .unknown,
          certificates: [(.pass, "0-9")])
      ],
      .exposed, .exposed, isKnown: false),
    Case(
      "its descendants are no better", [unknown, .untouched((.pass, "0-99"))], .exposed, .exposed,
      isKnown: false),
    Case(
      "an unknown extractor under a known classifier",
      [Step(origin: .imported, extractor: .unknown, classifier: .records("10-99"))], .exposed,
      .clear, isKnown: false),
    Case(
      "whose classifier can be forgotten in",
      [
        Step(origin: .imported, extractor: .unknown, classifier: .records("0-99")),
        .untouched((.pass, "0-9")),
      ], .exposed, .clear, isKnown: false),
    Case(
      "retraining leaves the unknown behind", [unknown, .trained("10-99", origin: .scratch)],
      .clear, .clear),
    Case("an import of known training", [.trained("10-99", origin: .imported)], .clear, .clear),
    Case(
      "an import that descends from an exposed version",
      [first, .trained("10-99", origin: .imported)],
      .exposed, .exposed),
    Case(
      "a first version that claims a parent it has not", [.trained("10-99", origin: .parent)],
      .exposed, .exposed, isKnown: false),
  ]

  static func steps(_ case: Case) -> [LineageStep] {
    `case`.steps.enumerated().map { index, step in
      LineageStep(
        lineage: .example(
          index + 1, parent: index == 0 ? nil : .of("v\(index)"), origin: step.origin,
          extractor: step.extractor, classifier: step.classifier),
        certificates: step.certificates.map { verdict, records in
          LineageStep.Assurance(
            verdict: verdict,
            covered: [manifest: RecordSelection(text: records) ?? RecordSelection([])])
        })
    }
  }

  @Test("follows lineage and certificates", arguments: cases)
  func table(_ case: Case) {
    let found = PersonExposure(following: Self.steps(`case`), person: Self.person)
    #expect(found.extractor.exposure == `case`.extractor)
    #expect(found.classifier.exposure == `case`.classifier)
    #expect(found.isKnown == `case`.isKnown)
    #expect(found.overall == max(`case`.extractor, `case`.classifier))
  }

  @Test("somebody who is in no record is exposed only to the unknown", arguments: cases)
  func stranger(_ case: Case) {
    let found = PersonExposure(
      following: Self.steps(`case`), person: [Digest.of("other"): RecordSelection(0..<10)])
    #expect(found.records.isEmpty)
    #expect(found.overall == (`case`.isKnown ? .clear : .exposed))
  }

  @Test("no certificate ever makes a version worse than its lineage", arguments: cases)
  func certificatesOnlyHelp(_ case: Case) {
    let steps = Self.steps(`case`)
    let bare = steps.map { LineageStep(lineage: $0.lineage, certificates: []) }
    let found = PersonExposure(following: steps, person: Self.person)
    let lineage = PersonExposure(following: bare, person: Self.person)
    #expect(found.extractor.exposure <= lineage.extractor.exposure)
    #expect(found.classifier.exposure <= lineage.classifier.exposure)
    #expect(found.records == lineage.records)
  }

  @Test("before its own certificates a version is what lineage says")
  func withoutOwn() {
    let steps = Self.steps(Case("", [Self.first, .untouched((.pass, "0-9"))], .clear, .clear))
    let found = PersonExposure(
      following: steps, person: Self.person, countingOwnCertificates: false)
    #expect(found.overall == .exposed)
    #expect(found.records == Self.person)
  }

  @Test("records of two manifests must both be covered")
  func twoManifests() {
    let other = Digest.of("other")
    let person = [Self.manifest: RecordSelection(0..<10), other: RecordSelection(0..<2)]
    let lineage = Lineage.example(
      1, extractor: .records("0-99"), classifier: .records("0-99", of: other))
    func found(_ covered: [Digest: RecordSelection]) -> ComponentExposure {
      PersonExposure(
        following: [
          LineageStep(lineage: lineage, certificates: [.init(verdict: .pass, covered: covered)])
        ], person: person
      ).components
    }
    #expect(found(person) == ComponentExposure(extractor: .clear, classifier: .clear))
    #expect(
      found([other: RecordSelection(0..<2)])
        == ComponentExposure(extractor: .exposed, classifier: .clear))
  }

  @Test("the store follows what it has committed and certified")
  func store() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.openExample()
    try store.changeRequest(
      "DSR-2026-001", to: .approved, by: "Ada", at: TemporaryRegistry.time)
    let person = [Self.manifest: RecordSelection(0..<3)]
    let first = try store.commitExample()
    let second = try store.commit(
      .example(
        2, parent: first.digest, origin: .parent, extractor: .none, classifier: .none,
        request: "DSR-2026-001"),
      weights: store.blobs.put([2]), configuration: first.configuration)
    #expect(try store.exposure(of: second.digest, to: person).overall == .exposed)
    try store.certify(.example(of: second.digest))
    #expect(try store.exposure(of: first.digest, to: person).overall == .exposed)
    #expect(try store.exposure(of: second.digest, to: person).overall == .mitigated)
    #expect(
      try store.exposure(of: second.digest, to: person, countingOwnCertificates: false).overall
        == .exposed)
    let next = Lineage.example(
      3, parent: second.digest, origin: .parent, extractor: .none, classifier: .none)
    #expect(try store.exposure(of: next, to: person).overall == .mitigated)
    #expect(try store.exposure(of: .example(3), to: person).overall == .exposed)
  }
}
