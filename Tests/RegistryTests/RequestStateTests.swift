import Records
import Testing

@testable import Registry

@Suite("The state of a request")
struct RequestStateTests {
  @Test("received, approved, refused: what was decided")
  func decided() throws {
    var story = try Story()
    try story.happens(Opened.case(1))
    try story.happens(Sought.case(1))
    #expect(story.state.requestState(of: 0) == .received)
    try story.happens(Decided.case(1, .approved))
    #expect(story.state.requestState(of: 0) == .approved)
    try story.happens(Decided.case(1, .refused))
    #expect(story.state.requestState(of: 0) == .refused)
  }

  @Test("WARN mitigates and never closes")
  func warned() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, .warn)
    #expect(story.state.requestState(of: 0) == .mitigated)
    try story.serves(second)
    #expect(story.state.requestState(of: 0) == .mitigated)
  }

  @Test("PASS closes once no alias serves what is not clear, and an override opens it again")
  func closed() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.serves(first)
    try story.approves(1, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, .pass)
    #expect(story.state.requestState(of: 0) == .mitigated)
    try story.serves(second)
    #expect(story.state.requestState(of: 0) == .closed)
    #expect(story.state.undone(from: second, to: first) == RecordSelection([0]))
    try story.serves(first)
    #expect(story.state.requestState(of: 0) == .mitigated)
    try story.serves(second)
    #expect(story.state.requestState(of: 0) == .closed)
  }

  @Test("any alias that serves the person keeps the request open, that of another name too")
  func everyAlias() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.serves(first)
    try story.happens(
      AliasMoved(
        model: TemporaryRegistry.model, alias: "staging", from: nil, to: story.digest(first),
        cause: .promote, undone: RecordSelection([]), opening: nil))
    try story.approves(1, foundIn: ["classifier": [first]])
    let second = try story.forgets(1, in: first, .pass)
    try story.happens(
      Moved.production(from: story.digest(first), to: story.digest(second)))
    #expect(story.state.isServed(0))
    #expect(story.state.requestState(of: 0) == .mitigated)
  }

  @Test("a request that was found clear by lineage is closed until its person is served")
  func cleared() throws {
    var story = try Story()
    let exposed = try story.makes(Made.part())
    let clear = try story.makes(Made.part())
    try story.serves(clear)
    try story.approves(1, foundIn: ["classifier": [exposed]])
    try story.happens(CaseCleared(number: .number(1)))
    #expect(story.state.requestState(of: 0) == .closed)
    try story.serves(exposed)
    #expect(story.state.requestState(of: 0) == .approved)
  }

  @Test("the policy that closes is one that was allowed")
  func policies() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    _ = try story.forgets(1, in: first, .pass, policy: .of("lax"))
    #expect(story.state.requestState(of: 0) == .approved)
  }

  @Test("a move undoes whoever is held more of than before, but for refused requests")
  func undone() throws {
    var story = try Story()
    let first = try story.makes(Made.part())
    let second = try story.makes(Made.part())
    try story.approves(1, foundIn: ["classifier": [first]])
    try story.approves(2, foundIn: ["classifier": [first, second]])
    try story.approves(3, foundIn: ["classifier": [first]])
    try story.happens(Decided.case(3, .refused))
    #expect(story.state.undone(from: second, to: first) == RecordSelection([0]))
    #expect(story.state.undone(from: nil, to: first) == RecordSelection([0, 1]))
    #expect(story.state.undone(from: first, to: second).isEmpty)
    #expect(story.state.withheld == RecordSelection([0, 1]))
  }
}
