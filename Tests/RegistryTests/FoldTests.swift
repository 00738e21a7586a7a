import Records
import Testing

@testable import Registry

@Suite("What may happen")
struct FoldTests {
  @Test("a registry is made once")
  func registry() throws {
    let registry = try TemporaryRegistry()
    try registry.refuse(
      RegistryMade(format: 2, keys: []), because: "makes a registry that is made already"
    )
  }

  @Test("a model is added once, under a name that may stand in a reference")
  func models() throws {
    let registry = try TemporaryRegistry()
    try registry.refuse(ModelAdded(model: "speakers"), because: "adds a model twice")
    try registry.refuse(
      ModelAdded(model: "../x"), because: "names a model as no model may be named")
  }

  @Test("a policy is allowed once and withdrawn once, under a plain name")
  func policies() throws {
    let registry = try TemporaryRegistry()
    func allowed(_ name: String, _ digest: Digest) -> PolicyAllowed {
      PolicyAllowed(name: name, policy: digest, floor: .warn, goal: .pass)
    }
    try registry.refuse(
      allowed("small", TemporaryRegistry.policy), because: "allows a policy twice")
    try registry.refuse(
      allowed("a/b", .of("other")),
      because: "names a policy as no policy may be named")
    try registry.refuse(
      PolicyWithdrawn(policy: .of("other")),
      because: "withdraws a policy that is not allowed")
    try registry.commit(PolicyWithdrawn(policy: TemporaryRegistry.policy))
    try registry.refuse(
      PolicyWithdrawn(policy: TemporaryRegistry.policy),
      because: "withdraws a policy that is not allowed")
  }

  @Test("a data set is added once, by its name and by its root")
  func datasets() throws {
    let registry = try TemporaryRegistry()
    func added(_ name: String, _ root: Digest) -> DatasetAdded {
      DatasetAdded(dataset: name, root: root, recordCount: 1, opening: .of("opening"))
    }
    try registry.commit(added("voices", .of("root")))
    try registry.refuse(added("voices", .of("other")), because: "adds a data set twice")
    try registry.refuse(added("other", .of("root")), because: "adds a data set twice")
    try registry.refuse(
      added("a b", .of("other")),
      because: "names a data set as no data set may be named")
  }

  @Test("a case is opened once, decided on when it is open, and known to whatever is about it")
  func cases() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(Opened.case(1))
    try registry.refuse(Opened.case(1), because: "opens a case twice")
    let unknown = "is about case 0000000000000002, which was not opened"
    let unsought = "is about case 0000000000000001, whose person was not searched for"
    try registry.refuse(Decided.case(1, .approved), because: unsought)
    try registry.refuse(CaseCleared(number: .number(1)), because: unsought)
    try registry.commit(Sought.case(1))
    try registry.refuse(Decided.case(2, .approved), because: unknown)
    try registry.refuse(PersonFound(number: .number(2), versions: [:]), because: unknown)
    try registry.refuse(CaseCleared(number: .number(2)), because: unknown)
    try registry.commit(Decided.case(1, .approved))
    try registry.refuse(
      Decided.case(1, .approved),
      because: "brings a case that is approved to approved")
    try registry.commit(Decided.case(1, .refused))
    try registry.refuse(
      Decided.case(1, .approved), because: "brings a case that is refused to approved")
  }

  @Test("a person is found in versions and parts that are there")
  func people() throws {
    let registry = try TemporaryRegistry()
    _ = try registry.open().addExample(at: registry.clock.now())
    try registry.commit(Opened.case(1))
    func found(_ part: String, _ version: Int) -> PersonFound {
      PersonFound(number: .number(1), versions: [part: RecordSelection([version])])
    }
    try registry.refuse(
      found("classifier", 1),
      because: "finds a person in a version that is not there")
    try registry.refuse(
      found("extractor", 0),
      because: "finds a person in a part that a version does not have")
  }

  @Test("a case is cleared when it is approved and no alias serves its person")
  func clearing() throws {
    let reason = "clears a case that is not approved, or whose person is served"
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try registry.commit(Opened.case(1), Sought.case(1))
    let exposed = try store.addExample(
      at: registry.clock.now(), parts: [.example(holds: [0])])
    let clear = try store.addExample(at: registry.clock.now())
    try registry.commit(Moved.production(to: exposed.digest, undone: [0]))
    try registry.refuse(CaseCleared(number: .number(1)), because: reason)
    try registry.commit(Decided.case(1, .approved))
    try registry.refuse(CaseCleared(number: .number(1)), because: reason)
    try registry.commit(Moved.production(from: exposed.digest, to: clear.digest))
    try registry.commit(CaseCleared(number: .number(1)))
    #expect(try registry.open().state.requestState(of: 0) == .closed)
  }

  @Test("a forget is for an approved case and withholds everybody who is approved, nobody else")
  func forgetting() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    try registry.commit(Opened.case(2))
    try registry.refuse(
      Begun.run("two", of: first, case: 2),
      because: "forgets for case 0000000000000002, which is not approved")
    try registry.refuse(
      Begun.run("two", of: first, withheld: [0, 1]),
      because: "does not withhold everybody whose request was approved, and nobody else")
    try registry.refuse(
      Begun.run("two", of: .of("nothing")),
      because: "is about version \(Digest.of("nothing").short), which was not made")
  }
}
