import Records
import Signing
import Testing
import TransparencyLog

@testable import Registry

@Suite("What is under the checkpoint and may not be")
struct VoidTests {
  /// That the log's last event is void for a reason, that audit says so, and that nothing follows.
  private func expectVoid(
    _ registry: TemporaryRegistry, about entity: String?, because reason: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let state = try registry.open().state
    let void = try #require(state.voids.last, sourceLocation: sourceLocation)
    #expect(void.index == state.size - 1, sourceLocation: sourceLocation)
    #expect(void.entity == entity, sourceLocation: sourceLocation)
    #expect(void.reason.contains(reason), "\(void.reason)", sourceLocation: sourceLocation)
    let about = entity.map { " about '\($0)'" } ?? ""
    let failures = try registry.failures()
    #expect(
      failures.contains {
        $0.hasPrefix("'log/tail' event \(void.index)\(about) is void: it ") && $0.contains(reason)
      }, "\(failures)", sourceLocation: sourceLocation)
  }

  @Test("an event that nobody signed is void")
  func unsigned() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let event = try forger.event(ModelAdded(model: "faces"))
    try forger.append(try forger.signed(event, as: []))
    try expectVoid(
      registry, about: "model/faces", because: "has signatures of 0 keys where desk must sign")
    #expect(try registry.open().state.models == ["speakers"])
  }

  @Test(
    "an event of a role that may not make it is void",
    arguments: [SigningRole.log, .engine, .root, .verifier])
  func wrongRole(role: SigningRole) throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "faces")), as: [role]))
    try expectVoid(registry, about: "model/faces", because: "is not signed by desk")
    #expect(try registry.open().state.models == ["speakers"])
  }

  @Test("an event with one signature where two must be, or two where one must, is void")
  func numberOfSignatures() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let kept = try forger.event(StateKept(size: 3, state: .of("state")))
    try forger.append(try forger.signed(kept, as: [.log]))
    try expectVoid(registry, about: "state", because: "where engine and log must sign")
    let added = try forger.event(ModelAdded(model: "faces"))
    try forger.append(try forger.signed(added, as: [.desk, .engine]))
    try expectVoid(
      registry, about: "model/faces", because: "has signatures of 2 keys where desk must sign")
  }

  @Test("an event of another registry is void, though the keys be the same")
  func otherRegistry() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let other = String(repeating: "0", count: 32)
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "faces"), registry: other)))
    try expectVoid(registry, about: "model/faces", because: "is of another registry")
  }

  @Test("an event that is put in again is void")
  func replayed() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    try registry.commit(Opened.case(1), Sought.case(1))
    let approval = try forger.signed(try forger.event(Decided.case(1, .approved)))
    try forger.append(approval)
    #expect(try registry.open().state.voids == [])
    try registry.commit(Decided.case(1, .refused))
    try forger.append(approval)
    try expectVoid(registry, about: "case/\(CaseNumber.number(1))", because: "follows event")
    #expect(try registry.open().state.requestState(of: 0) == .refused)
  }

  @Test("an illegal event, one out of its order and one of an earlier time are void")
  func illegal() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(PolicyWithdrawn(policy: .of("other")))))
    try expectVoid(
      registry, about: "policy/\(Digest.of("other").hex)",
      because: "withdraws a policy that is not allowed")
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "faces"), after: .some(0))))
    try expectVoid(
      registry, about: "model/faces",
      because: "follows event 0 about 'model/faces', which no event was")
    try forger.append(
      try forger.signed(
        try forger.event(ModelAdded(model: "hands"), time: "2026-11-22T09:00:00Z")))
    try expectVoid(registry, about: "model/hands", because: "before the event before it")
  }

  @Test(
    "a time that no clock shows is none",
    arguments: [
      "tomorrow", "2026-11-22T24:00:00Z", "2026-11-22T29:00:00Z", "2026-11-22T23:60:00Z",
      "2026-11-22T23:59:60Z", "2026-11-31T10:00:00Z", "2026-11-22T23:59:59z",
      "2026-11-22 23:59:59Z", "2026-11-22T23:59:5٣Z",
    ])
  func times(time: String) throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "feet"), time: time)))
    try expectVoid(registry, about: "model/feet", because: "has a time that is none")
  }

  @Test(
    "an id that no registry has begins none, whoever signed it",
    arguments: ["../../etc/x", "", "0", String(repeating: "A", count: 32)])
  func ids(id: String) throws {
    let registry = try TemporaryRegistry()
    var first: Event?
    try registry.open().forEachEvent { index, event, _ in
      if index == 0 { first = event }
    }
    let made = try #require(first?.fact as? RegistryMade)
    var state = RegistryState()
    #expect(throws: IllegalEvent("has an id that no registry has")) {
      let base = MerkleAccumulator().root
      try state.fold(
        Event(registry: id, after: nil, base: base, time: CountingClock.time(0), fact: made),
        on: base)
    }
    #expect(state.id == "")
  }

  @Test("what is signed after an event that was left out is void, be it about anything")
  func leftOut() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let before = try registry.open().log.tree.root
    // Two events signed one after the other, of which the log's keeper puts in the later alone.
    let other = try registry.copy()
    try other.commit(ModelAdded(model: "faces"))
    let later = try Forger(registry: other).event(ModelAdded(model: "hands"))
    #expect(later.base != before)
    try forger.append(try forger.signed(later))
    try expectVoid(
      registry, about: "model/hands", because: "was signed on another log than lies before it")
    #expect(try registry.open().state.models == ["speakers"])
  }

  @Test("what is no event, not canonical, or of another payload type is void")
  func malformed() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let good = try forger.event(ModelAdded(model: "faces"))
    let texts: [(line: [UInt8], reason: String)] = [
      (Array("{}".utf8), "is no event"), (Array("nothing".utf8), "is no event"),
      (try forger.signed(good) + [0x20], "is no event"),
      (try forger.signed(good.text + [0x20], as: [.desk]), "is not in canonical form"),
      (try forger.signed(Array("{\"kind\":\"x\",\"schema\":2}".utf8), as: [.root]), "no kind"),
      (
        try forger.signed(Array("{\"kind\":\"model-added\",\"schema\":1}".utf8), as: [.root]),
        "schema 1 never was"
      ),
      (try forger.signed(good.text, as: [.desk], type: "text/plain"), "of another type"),
    ]
    for (line, reason) in texts {
      try forger.append(line)
      try expectVoid(registry, about: nil, because: reason)
    }
    #expect(try registry.open().state.models == ["speakers"])
  }

  @Test("of an event of a newer schema reading goes on, deciding does not")
  func newer() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let text = Array("{\"kind\":\"miracle\",\"schema\":3}".utf8)
    try forger.append(try forger.signed(text, as: [.root]))
    let state = try registry.open().state
    #expect(state.newerSchema == 3)
    #expect(state.voids == [])
    #expect(
      throws: RegistryError.newerSchema(file: "log/tail", found: 3, supported: Event.schema)
    ) {
      try registry.commit(ModelAdded(model: "faces"))
    }
    #expect(
      try registry.failures() == [
        "'log/tail' has events of schema 3, which this program does not know"
      ])
  }

  @Test("an event of a newer schema is one of its change: reading goes on behind it")
  func newerWithinAChange() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let first = try forger.event(ModelAdded(model: "faces"))
    let text = Array("{\"kind\":\"miracle\",\"schema\":3}".utf8)
    try forger.append(
      try forger.signed(first.following(first.base, ahead: 1)),
      try forger.signed(text, as: [.root]))
    let state = try registry.open().state
    #expect(state.newerSchema == 3 && state.ahead == 0)
    #expect(state.models == ["speakers", "faces"])
  }

  @Test("of a newer schema that only the log's keeper signed, an event is void: it stops nobody")
  func newerByTheLogAlone() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let text = Array("{\"kind\":\"miracle\",\"schema\":3}".utf8)
    try forger.append(try forger.signed(text, as: [.log]))
    #expect(try registry.open().state.newerSchema == nil)
    try expectVoid(registry, about: nil, because: "has schema 3")
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.open().state.models == ["speakers", "faces"])
  }

  @Test("what a void event was about is frozen until root acknowledges it; all else works")
  func frozen() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    try registry.commit(Opened.case(1), Sought.case(1))
    let entity = "case/\(CaseNumber.number(1))"
    let forged = try forger.event(Decided.case(1, .approved))
    try forger.append(try forger.signed(forged, as: [.desk]))
    #expect(try registry.open().state.frozen == [entity])
    try registry.refuse(
      Decided.case(1, .approved), because: "is about '\(entity)', which is frozen by a void event")
    try registry.commit(Opened.case(2), Sought.case(2), Decided.case(2, .approved))
    let index = try #require(try registry.open().state.voids.first?.index)
    let store = try registry.open()
    let opening = try store.sealed.seal(
      ReasonOpening(by: "Ada", reason: "seen"), in: .reasons)
    try store.commit(at: registry.clock.now()) { batch in
      try batch.add(VoidAcknowledged(index: index, opening: opening))
    }
    #expect(try registry.open().state.frozen == [])
    try registry.commit(Decided.case(1, .approved))
    #expect(try registry.open().state.requestState(of: 0) == .approved)
    #expect(try !registry.failures().contains { $0.contains("void") })
    #expect(
      try registry.notes().contains {
        $0.contains("event \(index) about '\(entity)' is void and was acknowledged by root")
      })
  }

  @Test("an acknowledgement that root did not sign thaws nothing")
  func acknowledgedByOthers() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "faces")), as: [.engine]))
    let index = try registry.open().state.size - 1
    let event = try forger.event(VoidAcknowledged(index: index, opening: .of("reason")))
    try forger.append(try forger.signed(event, as: [.officer]))
    try expectVoid(registry, about: "void/\(index)", because: "is not signed by root")
    #expect(try registry.open().state.frozen.contains("model/faces"))
    // Nor does it keep root's own word back.
    try registry.commit(VoidAcknowledged(index: index, opening: .of("reason")))
    #expect(try !registry.open().state.frozen.contains("model/faces"))
  }

  @Test("a forged kept state stops nobody from writing, only from keeping states")
  func frozenState() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let kept = try forger.event(StateKept(size: 3, state: .of("state")))
    try forger.append(try forger.signed(kept, as: [.log]))
    #expect(try registry.open().state.frozen == ["state"])
    try registry.grow()
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.open().state.models.last == "faces")
    #expect(try registry.names("state") == [])
  }

  @Test("a log that does not begin with its registry's own event is none")
  func firstEvent() throws {
    let registry = try TemporaryRegistry()
    let other = try TemporaryRegistry()
    let lines = try registry.read("log/tail").split(separator: 0x0A)
    let others = try other.read("log/tail").split(separator: 0x0A)
    try registry.write(
      "log/tail", Array((others.prefix(1) + lines.dropFirst()).joined(separator: [0x0A])) + [0x0A])
    let error = #expect(throws: RegistryError.self) { try registry.open() }
    #expect(error?.isCorruption == true)
  }
}
