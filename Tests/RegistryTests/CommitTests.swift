import Records
import Signing
import Testing

@testable import Registry

@Suite("Commits")
struct CommitTests {
  private struct Stop: Error {}

  @Test("two that write in turn see each other's events")
  func inTurn() throws {
    let registry = try TemporaryRegistry()
    let (one, other) = (try registry.open(), try registry.open())
    for number in 0..<6 {
      let writer = number.isMultiple(of: 2) ? one : other
      try writer.commit(at: registry.clock.now()) { batch in
        #expect(batch.state.models.count == number + 1)
        try batch.add(ModelAdded(model: "model\(number)"))
      }
    }
    #expect(one.state.models.count == 6)
    try one.refresh()
    #expect(one.state == other.state)
    #expect(try registry.open().state == other.state)
    #expect(try registry.failures() == [])
  }

  @Test("who writes decides from what is so now, not from what it saw before")
  func newest() throws {
    let registry = try TemporaryRegistry()
    let (one, other) = (try registry.open(), try registry.open())
    try one.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "faces")) }
    #expect(throws: RegistryError.illegal(kind: "model-added", reason: "adds a model twice")) {
      try other.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "faces")) }
    }
  }

  @Test("a body that throws commits nothing of what it added")
  func thrown() throws {
    let registry = try TemporaryRegistry()
    let tail = try registry.read("log/tail")
    let store = try registry.open()
    #expect(throws: Stop.self) {
      try store.commit(at: registry.clock.now()) { batch in
        try batch.add(ModelAdded(model: "faces"))
        throw Stop()
      }
    }
    #expect(try registry.read("log/tail") == tail)
    #expect(store.state.models == ["speakers"])
    // The store goes on working.
    try store.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "hands")) }
    #expect(store.state.models == ["speakers", "hands"])
  }

  @Test("a log that another of the same length has taken the place of is refused")
  func replacedBetween() throws {
    let registry = try TemporaryRegistry()
    let other = try registry.copy()
    let store = try registry.open()
    try store.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "faces")) }
    try other.commit(ModelAdded(model: "hands"))
    let tail = try other.read("log/tail")
    #expect(tail.count == (try registry.read("log/tail")).count)
    try registry.write("log/tail", tail)
    let error = #expect(throws: RegistryError.self) {
      try store.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "feet")) }
    }
    #expect(error?.description.contains("not what it was a moment ago") == true)
    #expect(try registry.read("log/tail") == tail)
  }

  @Test("what a body published that then threw is the next writer's to remove")
  func abandoned() throws {
    let registry = try TemporaryRegistry()
    var blob: Digest?
    do {
      let store = try registry.open()
      #expect(throws: Stop.self) {
        try store.commit(at: registry.clock.now()) { _ in
          blob = try store.blobs.put(Array("weights".utf8))
          throw Stop()
        }
      }
    }
    let left = try #require(blob)
    #expect(try registry.failures() == [])
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try !registry.open().blobs.contains(left))
    #expect(try registry.names("work/staging") == [])
  }

  @Test("a body that adds nothing commits nothing, and its result comes back")
  func nothing() throws {
    let registry = try TemporaryRegistry()
    try registry.grow()
    let tail = try registry.read("log/tail")
    #expect(try registry.open().commit(at: registry.clock.now()) { $0.nextIndex } == 260)
    #expect(try registry.read("log/tail") == tail)
  }

  @Test("the events of one commit have one time and lie together")
  func together() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(Opened.case(1), Sought.case(1), Decided.case(1, .approved))
    var times: [String] = []
    try registry.open().forEachEvent { index, event, _ in
      if index >= 3, let event { times.append(event.time) }
    }
    #expect(times == [String](repeating: CountingClock.time(1), count: 3))
  }

  @Test("a clock less than five minutes behind the log gives way to it")
  func behind() throws {
    let registry = try TemporaryRegistry()
    registry.clock.set(1_000)
    try registry.commit(ModelAdded(model: "faces"))
    registry.clock.set(701)
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try registry.open().state.time == CountingClock.time(1_001))
  }

  @Test("a clock five minutes behind is refused until root corrects it")
  func farBehind() throws {
    let registry = try TemporaryRegistry()
    registry.clock.set(1_000)
    try registry.commit(ModelAdded(model: "faces"))
    registry.clock.set(700)
    let (now, last) = (CountingClock.time(701), CountingClock.time(1_001))
    #expect(throws: RegistryError.clockBehind(now: now, last: last)) {
      try registry.commit(ModelAdded(model: "hands"))
    }
    let store = try registry.open()
    let opening = try store.sealed.seal(ReasonOpening(by: nil, reason: "battery"), in: .reasons)
    try store.commit(at: registry.clock.now(), clock: .corrected) { batch in
      try batch.add(ClockCorrected(opening: opening))
    }
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try registry.open().state.time == CountingClock.time(703))
    #expect(try registry.failures() == [])
  }

  @Test("root may look at a void event whatever the clock says, and correct the clock then")
  func voidClock() throws {
    let registry = try TemporaryRegistry()
    registry.clock.set(5_000)
    try registry.commit(ModelAdded(model: "faces"))
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(ClockCorrected(opening: .of("a"))), as: [.log]))
    let index = try registry.open().state.size - 1
    registry.clock.set(100)
    #expect(throws: RegistryError.self) { try registry.commit(ModelAdded(model: "hands")) }
    let store = try registry.open()
    let why = try store.sealed.seal(ReasonOpening(by: nil, reason: "seen"), in: .reasons)
    try store.commit(at: registry.clock.now(), clock: .ignored) { batch in
      try batch.add(VoidAcknowledged(index: index, opening: why))
    }
    let correction = try store.sealed.seal(ReasonOpening(by: nil, reason: "fast"), in: .reasons)
    try store.commit(at: registry.clock.now(), clock: .corrected) { batch in
      try batch.add(ClockCorrected(opening: correction))
    }
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try registry.open().state.time == CountingClock.time(104))
    #expect(try registry.failures() == [])
  }

  @Test(
    "a key that the log does not trust signs nothing",
    arguments: [SigningRole.desk, .log, .publisher])
  func foreignKey(role: SigningRole) throws {
    let registry = try TemporaryRegistry()
    let other = try TemporaryRegistry()
    let file = "keys/\(role.rawValue).pem"
    let (own, tail) = (try registry.read(file), try registry.read("log/tail"))
    try registry.write(file, try other.read(file), mode: 0o600)
    #expect(throws: RegistryError.foreignKey(file: file, role: role)) {
      if role == .publisher {
        try registry.open().addExample(at: registry.clock.now())
      } else {
        try registry.commit(ModelAdded(model: "faces"))
      }
    }
    #expect(try registry.read("log/tail") == tail)
    #expect(
      try registry.failures() == [
        "'\(file)' is not the key that the log trusts as \(role.rawValue)"
      ])
    try registry.write(file, own, mode: 0o600)
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.failures() == [])
  }

  @Test("a private key that others can read signs nothing")
  func exposedKey() throws {
    let registry = try TemporaryRegistry()
    try registry.write("keys/desk.pem", try registry.read("keys/desk.pem"), mode: 0o644)
    #expect(
      throws: RegistryError.keyExposed(file: registry.path("keys/desk.pem"), mode: "0644")
    ) {
      try registry.commit(ModelAdded(model: "faces"))
    }
  }

  @Test("what lies behind the last checkpoint did not happen, and the next writer cuts it")
  func remainder() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let event = try forger.signed(try forger.event(ModelAdded(model: "ghost")))
    let tail = try registry.read("log/tail")
    for rest in [
      Array("e ".utf8) + event + [0x0A], Array("e ".utf8) + event, [UInt8](repeating: 0, count: 99),
    ] {
      try registry.write("log/tail", tail + rest)
      #expect(try registry.open().state.models == ["speakers"])
      #expect(try registry.failures() == [])
      #expect(try registry.notes().contains { $0.hasPrefix("'log/tail'") })
    }
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.open().state.models == ["speakers", "faces"])
    #expect(try registry.notes() == [])
  }

  @Test(
    "times are read as they are in the calendar",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-22T10:00:00Z", 1_795_341_600),
      ("2024-02-29T23:59:59Z", 1_709_251_199),
    ])
  func timestamps(text: String, seconds: Int) {
    #expect(Timestamp.seconds(of: text) == seconds)
    #expect(Timestamp.seconds(of: text + " ") == nil)
  }
}
