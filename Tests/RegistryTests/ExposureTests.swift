import Records
import Testing

@testable import Registry

@Suite("What a version holds of a person")
struct ExposureTests {
  @Test("a version holds whom it was trained on, part by part, and nobody else")
  func trained() throws {
    var story = try Story()
    let first = try story.makes(Made.part("extractor"), Made.part("classifier"))
    try story.approves(1, foundIn: ["classifier": [first]])
    try story.approves(2)
    #expect(
      story.state.exposures(of: first, to: 0) == ["extractor": .clear, "classifier": .exposed])
    #expect(story.exposure(of: first) == .exposed)
    #expect(story.exposure(of: first, to: 1) == .clear)
  }

  @Test("the parent's weights bring what the parent holds, drawn ones bring nothing")
  func origins() throws {
    var story = try Story()
    let first = try story.makes(Made.part("extractor"), Made.part("classifier"))
    try story.approves(1, foundIn: ["extractor": [first], "classifier": [first]])
    let second = try story.makes(
      from: first, Made.part("extractor", .parent), Made.part("classifier"))
    let third = try story.makes(
      from: second, Made.part("extractor"), Made.part("classifier", .parent))
    #expect(
      story.state.exposures(of: second, to: 0) == ["extractor": .exposed, "classifier": .clear])
    #expect(story.exposure(of: third) == .clear)
  }

  @Test("a part that the parent does not have has weights of unknown training")
  func newPart() throws {
    var story = try Story()
    let first = try story.makes(Made.part("classifier"))
    try story.approves(1)
    let second = try story.makes(
      from: first, Made.part("classifier", .parent), Made.part("adapter", .parent))
    #expect(
      story.state.exposures(of: second, to: 0) == ["classifier": .clear, "adapter": .exposed])
  }

  @Test("an imported part holds whom its import is said to hold")
  func imported() throws {
    var story = try Story()
    let known = try story.makes(Made.part("classifier", .imported))
    let unknown = try story.makes(Made.part("classifier", .imported, isKnown: false))
    try story.approves(1)
    #expect(story.exposure(of: known) == .clear)
    #expect(story.exposure(of: unknown) == .exposed)
  }

  @Test("of unknown training everybody is held, whatever a certificate says")
  func unknown() throws {
    var story = try Story()
    let first = try story.makes(Made.part("classifier", isKnown: false))
    try story.approves(1)
    let second = try story.forgets(1, in: first, .pass)
    #expect(story.exposure(of: second) == .exposed)
    let drawn = try story.makes(from: second, Made.part("classifier"))
    #expect(story.exposure(of: drawn) == .clear)
  }

  @Test(
    "WARN mitigates, PASS clears, FAIL does nothing",
    arguments: [(Verdict.fail, Exposure.exposed), (.warn, .mitigated), (.pass, .clear)])
  func verdicts(verdict: Verdict, exposure: Exposure) throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, verdict)
    #expect(story.exposure(of: second) == exposure)
    #expect(story.exposure(of: first) == .exposed)
    let third = try story.makes(from: second, Made.part("classifier", .parent))
    #expect(story.exposure(of: third) == exposure)
  }

  @Test(
    "records that are found later are what no certificate before them speaks of",
    arguments: [Verdict.warn, .pass])
  func foundLater(verdict: Verdict) throws {
    var story = try Story()
    let first = try story.makes(Made.part("extractor"), Made.part("classifier"))
    try story.approves(1, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, verdict, parts: ["extractor", "classifier"])
    #expect(story.exposure(of: second) != .exposed)
    try story.finds(1, ["extractor": [first]])
    #expect(story.exposure(of: second) == .exposed)
    // In a version that none of its weights come from they change nothing.
    let third = try story.forgets(1, in: first, verdict, parts: ["extractor", "classifier"])
    let other = try story.makes(Made.part("extractor"), Made.part("classifier"))
    try story.finds(1, ["extractor": [other]])
    #expect(story.exposure(of: third) != .exposed)
  }

  @Test("a certificate speaks of its own case alone")
  func otherCase() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    try story.approves(2, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, .pass)
    #expect(story.exposure(of: second, to: 0) == .clear)
    #expect(story.exposure(of: second, to: 1) == .exposed)
  }

  @Test("a later step that trains on the person again exposes again")
  func again() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, .pass)
    let third = try story.makes(
      from: second, Made.part("classifier", .parent, holds: [0]))
    #expect(story.exposure(of: third) == .exposed)
  }

  @Test("of certificates down a line the newest counts, and none makes worse what is clear")
  func newest() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let warned = try story.forgets(1, in: first, .warn)
    let passed = try story.forgets(1, in: warned, .pass)
    let warnedAgain = try story.forgets(1, in: passed, .warn)
    #expect(
      [warned, passed, warnedAgain].map { story.exposure(of: $0) } == [
        .mitigated, .clear, .clear,
      ])
  }

  @Test("a policy that is not allowed does nothing, nor does allowing it later")
  func notAllowed() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let lax = Digest.of("lax")
    let second = try story.forgets(1, in: first, .pass, policy: lax)
    #expect(story.exposure(of: second) == .exposed)
    try story.happens(PolicyAllowed(name: "lax", policy: lax, floor: .fail, goal: .fail))
    #expect(story.exposure(of: second) == .exposed)
  }

  @Test("no policy makes FAIL mitigate or WARN close, and a strict one asks for more")
  func floors() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let (lax, strict) = (Digest.of("lax"), Digest.of("strict"))
    try story.happens(PolicyAllowed(name: "lax", policy: lax, floor: .fail, goal: .fail))
    try story.happens(PolicyAllowed(name: "strict", policy: strict, floor: .pass, goal: .pass))
    let failed = try story.forgets(1, in: first, .fail, policy: lax)
    let warned = try story.forgets(1, in: first, .warn, policy: lax)
    let strictly = try story.forgets(1, in: first, .warn, policy: strict)
    #expect(
      [failed, warned, strictly].map { story.exposure(of: $0) } == [
        .exposed, .mitigated, .exposed,
      ])
  }

  @Test("a certificate of a policy that was withdrawn since goes on counting")
  func withdrawn() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, .pass)
    try story.happens(PolicyWithdrawn(policy: TemporaryRegistry.policy))
    #expect(story.exposure(of: second) == .clear)
    let third = try story.forgets(1, in: first, .pass)
    #expect(story.exposure(of: third) == .exposed)
  }

  @Test("a step that is not made yet, and somebody who has no case, are told of the same way")
  func imagined() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let step = [Made.part("classifier", .parent)]
    #expect(
      story.state.exposures(ofStep: step, after: first, to: 0) == ["classifier": .exposed])
    #expect(
      story.state.exposures(ofStep: [Made.part()], after: first, to: 0) == ["classifier": .clear])
    #expect(
      story.state.exposures(of: first, toPersonIn: ["classifier": RecordSelection([0])])
        == ["classifier": .exposed])
    #expect(story.state.exposures(of: first, toPersonIn: [:]) == ["classifier": .clear])
  }
}
