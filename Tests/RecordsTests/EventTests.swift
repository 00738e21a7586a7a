import Records
import Testing

@Suite struct EventTests {
  private static let digest = Digest(bytes: [UInt8](repeating: 7, count: 32))

  private static let number = CaseNumber(bytes: [1, 2, 3, 4, 5, 6, 7, 8])

  /// One of each kind.
  static let facts: [any Fact] = CalendarDate("2026-11-22").map(examples) ?? []

  private static func examples(_ date: CalendarDate) -> [any Fact] {
    [
      RegistryMade(format: 2, keys: [TrustedKey(role: .root, key: "00")]),
      ModelAdded(model: "speakers"),
      PolicyAllowed(name: "small", policy: digest, floor: .warn, goal: .pass),
      PolicyWithdrawn(policy: digest),
      DatasetAdded(dataset: "people", root: digest, recordCount: 40, opening: digest),
      RequestOpened(
        number: number, opening: digest,
        receivedOn: date),
      PersonFound(number: number, versions: ["classifier": RecordSelection([0, 1, 5])]),
      RequestDecided(number: number, decision: .approved, opening: digest),
      CaseCleared(number: number),
      ForgetBegun(
        run: digest, number: number, parent: digest, policy: digest, withheld: RecordSelection([0])),
      VersionMade(
        model: "speakers", number: 1, version: digest, manifestSize: 1, weights: digest,
        configuration: digest, lineage: digest, signature: digest, parent: nil, method: "train",
        scope: nil,
        parts: [
          PartMade(
            name: "extractor", origin: .scratch, isKnown: true, recordCount: 3,
            holds: RecordSelection([]))
        ], run: nil),
      EvidenceFound(run: digest, version: digest, evidence: digest, policy: digest, verdict: .warn),
      CertificateIssued(
        number: number, run: digest, version: digest, weights: digest, envelope: digest,
        evidence: digest, policy: digest, verdict: .pass),
      AliasMoved(
        model: "speakers", alias: "production", from: nil, to: digest, cause: .promote,
        undone: RecordSelection([]), opening: nil),
      DerivedErased(file: digest), ReportMade(certificate: digest, papers: ["report.md": digest]),
      StateKept(size: 256, state: digest, tags: digest), ClockCorrected(opening: digest),
      VoidAcknowledged(index: 3, opening: digest),
    ]
  }

  private static func event(_ fact: any Fact) -> Event {
    Event(registry: "0123", after: 4, base: digest, time: "2026-11-22T10:00:00Z", fact: fact)
  }

  @Test("Every kind there is has an example here, and a name of its own")
  func kinds() {
    #expect(Self.facts.count == Facts.all.count)
    #expect(Set(Facts.all.map { $0.kind }).count == Facts.all.count)
  }

  @Test("An event is read back from its one text", arguments: EventTests.facts.indices)
  func roundTrip(index: Int) throws {
    let event = Self.event(Self.facts[index])
    let read = try Event(text: event.text)
    #expect(read.text == event.text)
    #expect(read.fact.entity == event.fact.entity)
    #expect(!read.fact.roles.isEmpty)
  }

  @Test("An event with a byte more, a field more or in another order is none")
  func strictness() {
    let text = String(decoding: Self.event(ModelAdded(model: "m")).text, as: UTF8.self)
    for other in [
      text + " ", " " + text, text.replacing(#"{"after""#, with: #"{"more":1,"after""#),
      text.replacing(#""model":"m""#, with: #""model":"m","reason":"mine""#),
      text.replacing(#""schema":2"#, with: #""schema":1"#),
      text.replacing("model-added", with: "model-invented"),
    ] {
      #expect(throws: EventError.self) { try Event(text: Array(other.utf8)) }
    }
  }

  @Test("An event of a newer schema is told from one that is none")
  func newerSchema() {
    let text = String(decoding: Self.event(ModelAdded(model: "m")).text, as: UTF8.self)
      .replacing(#""schema":2"#, with: #""schema":3"#)
    #expect(throws: EventError.newerSchema(3)) { try Event(text: Array(text.utf8)) }
  }
}
