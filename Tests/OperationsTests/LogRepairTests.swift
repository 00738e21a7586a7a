import Glibc
import Records
import Signing
import Testing
import TransparencyLog

@testable import Operations
@testable import Registry

@Suite("Repairs of the log")
struct LogRepairTests {
  @Test("a log behind which lies more than a writer leaves is refused at once, and repaired")
  func farBehind() throws {
    let place = try Made.trained()
    let tail = place.path("Registry/log/tail")
    let bytes = try place.read("Registry/log/tail")
    #expect(unsafe truncate(tail, 1 << 36) == 0)
    for act: () throws -> Void in [
      { _ = try place.work.audit(AuditOrder()) },
      { _ = try place.work.promote("v1", alias: "staging", override: nil) },
    ] {
      let found = failure(act)
      #expect(found?.kind == .unverified)
      #expect(found?.message.contains("of its 68719476736 bytes verifies") == true)
      #expect(found?.message.contains("fsck --repair") == true)
    }
    #expect(try place.work.repair().done.first?.hasPrefix("cut ") == true)
    #expect(try place.read("Registry/log/tail") == bytes)
    #expect(place.audit() == (true, ""))
  }

  @Test("what stands in the way of a run's folder stops no forget", arguments: [false, true])
  func runs(isRun: Bool) throws {
    let place = try Made.trained()
    let whole = try place.copy()
    try whole.forget("v1")
    let run = try #require(try whole.store { $0.state.runs.first?.run }).hex
    try place.write(isRun ? "Registry/work/runs/\(run)" : "Registry/work/runs", [1])
    try place.forget("v1")
    #expect(place.audit() == (true, ""))
  }

  @Test("a repair that cannot mend everything says so, and what it has mended")
  func unmended() throws {
    let place = try Made.trained()
    try place.write("Registry/notes", [1])
    try place.write("Registry/log/stranger", [1])
    let found = failure { _ = try place.work.repair() }
    #expect(found?.kind == .failed && found?.message.contains("'notes'") == true)
    #expect(place.notices.contains { $0.hasPrefix("removed log/stranger") })
    #expect(place.audit().text.contains("notes"))
  }

  @Test("a clock that is behind stops every writer until root corrects it, with the reason sealed")
  func clock() throws {
    let place = try Made.trained()
    let ahead = place.work(now: { "2027-11-22T10:00:00Z" })
    _ = try ahead.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    let stopped = failure { try place.request("R-3", "pid=3") }
    #expect(stopped?.message.contains("log clock --correct") == true)
    #expect(try place.work.correctClock(because: "a year ahead").contains("2027-11-22T10:00:00Z"))
    try place.request("R-3", "pid=3")
    let fact = try #require(try place.events().compactMap { $0.fact as? ClockCorrected }.last)
    let reason = try place.store {
      try $0.sealed.open(ReasonOpening.self, fact.opening, in: .reasons).reason
    }
    #expect(reason == "a year ahead")
    #expect(place.audit() == (true, ""))
    let nothing = failure { _ = try place.work.correctClock(because: "again") }
    #expect(nothing?.message.contains("nothing to correct") == true)
    try place.train()
    #expect(place.audit() == (true, ""))
  }

  @Test("a clock a little behind stops nobody")
  func slightlyBehind() throws {
    let place = try Made.trained()
    _ = try place.work(now: { "2026-11-22T10:03:00Z" })
      .openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    try place.request("R-3", "pid=3")
    #expect(try place.events().last?.time == "2026-11-22T10:03:00Z")
  }

  @Test("only a void event that waits can be acknowledged")
  func notVoid() throws {
    let place = try Made.trained()
    let found = failure { _ = try place.work.acknowledgeVoid(1, because: "looked at it") }
    #expect(found?.message == "event 1 is not void" && found?.hint == "no event waits for root")
  }

  @Test("an event that may not be freezes what it is about until root says it was seen")
  func void() throws {
    let place = try Made.trained()
    let index = try place.events().count
    try place.appendUnchecked(
      AliasMoved(
        model: "speakers", alias: "production", from: nil, to: place.entry("v1").digest,
        cause: .promote, undone: RecordSelection([]), opening: nil))
    #expect(place.audit().text.contains("event \(index) about 'alias/speakers/production' is void"))
    try place.train()
    let frozen = failure {
      _ = try place.work.promote("v2", alias: "production", override: nil)
    }
    #expect(frozen?.message.contains("frozen by a void event") == true)
    #expect(try place.work.promote("v2", alias: "staging", override: nil).isMoved)

    #expect(
      try place.work.acknowledgeVoid(index, because: "a test")
        .contains("'alias/speakers/production' may change again"))
    #expect(
      failure { _ = try place.work.acknowledgeVoid(index, because: "a test") }?.message
        .contains("acknowledged before") == true)
    #expect(try place.work.promote("v2", alias: "production", override: nil).isMoved)
    #expect(place.audit() == (true, ""))
  }

  /// A move of `production` that may not be, as it says nothing of the one before.
  private func freezeAlias(_ place: Place) throws {
    try place.appendUnchecked(
      AliasMoved(
        model: "speakers", alias: "production", from: nil, to: place.entry("v1").digest,
        cause: .promote, undone: RecordSelection([]), opening: nil))
  }

  @Test("a frozen alias stays where it is, and keeps neither a forget nor a training from its end")
  func frozenAlias() throws {
    let place = try Made.trained()
    try freezeAlias(place)
    let outcome = try place.forget("v1")
    #expect(outcome.verdict == .warn && outcome.movedAliases == [])
    #expect(try place.aliased() == "v1")
    let notice = "alias 'production' stays at v1: a void event is about it"
    #expect(place.notices.contains { $0.hasPrefix(notice) })
    let trained = try place.train { $0.alias = "production" }
    #expect(trained.name == "speakers@v3" && trained.aliases == [])
    #expect(place.notices.count { $0.hasPrefix(notice) } == 2)
  }

  @Test("for a frozen case, or in a frozen model, no forget begins")
  func frozenCase() throws {
    let frozen = try Made.trained()
    let number = try frozen.work.request("R-1").number
    for fact: any Fact in [
      RequestDecided(
        number: number, decision: .refused, opening: Digest(bytes: .init(repeating: 1, count: 32))),
      ModelAdded(model: "speakers"),
    ] {
      let place = try frozen.copy()
      try place.appendUnchecked(fact)
      let found = failure { try place.forget("v1") }
      #expect(found?.kind == .refused, "\(String(describing: found))")
      #expect(found?.message.contains("a void event is about '\(fact.entity)'") == true)
      #expect(try place.count(ForgetBegun.self) == 0)
      #expect(try place.work.request("R-1").state == .approved)
    }
  }
}

extension Place {
  /// Signs an event that the fold does not take, and appends it with a checkpoint, as a thief with
  /// all keys would.
  func appendUnchecked(_ fact: some Fact) throws {
    try store { store in
      let state = store.state
      let event = Event(
        registry: state.id, after: nil, base: store.log.tree.root, time: work.now(), fact: fact)
      let keyring = Keyring(layout: store.layout)
      let bytes = try keyring.sign(event, trusting: state.keys)
      var log = store.log
      log.take(bytes, at: log.end)
      let note = try Checkpoint(
        origin: store.origin, size: log.tree.count, head: log.tree.root
      ).signed(by: keyring.key(of: .log, trusting: state.keys))
      _ = try RegistryStore.append(
        [bytes], after: store.log.end, note, store.log.kept, in: store.layout)
    }
  }
}
