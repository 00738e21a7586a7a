import Records
import Signing
import Testing
import TransparencyLog

@testable import Registry

@Suite("Kept states")
struct KeptStateTests {
  /// A registry with a little of everything and a kept state.
  private static func kept() throws -> TemporaryRegistry {
    let (registry, first) = try TemporaryRegistry.begun()
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "void")), as: [.engine]))
    try registry.commit(
      Made.version("second", number: 2, parent: first, run: "run"),
      Found.evidence(.warn, in: .of("second")),
      Issued.certificate(
        .warn, of: .of("second"), weights: .of("weights of second")),
      ReportMade(certificate: .of("certificate of run"), papers: ["report.md": .of("paper")]),
      DatasetAdded(dataset: "voices", root: .of("root"), recordCount: 3, opening: .of("opening")),
      ClockCorrected(opening: .of("why")), DerivedErased(file: .of("features")))
    try registry.grow()
    try registry.commit(Moved.production(from: first, to: .of("second")))
    try registry.commit(ModelAdded(model: "last"))
    return registry
  }

  /// The log folded from its first event on.
  private static func folded(_ registry: TemporaryRegistry) throws -> FoldedLog {
    try EventLog(layout: registry.open().layout).readWhole { _, _, _ in }
  }

  @Test("a log read on from a kept state is the one that is folded from the first event")
  func equal() throws {
    let registry = try Self.kept()
    let store = try registry.open()
    let whole = try Self.folded(registry)
    #expect(store.log.kept != nil)
    #expect(try registry.names("state") == ["\(store.log.kept?.size ?? 0)"])
    #expect(store.state == whole.state)
    #expect(store.log.tree == whole.tree)
    #expect(store.log.first == whole.first)
    #expect(store.log.keptText == whole.keptText)
  }

  @Test("reading really begins at the kept state: what lies before it is not looked at")
  func begins() throws {
    let registry = try Self.kept()
    let state = try registry.open().state
    var tail = try registry.read("log/tail")
    let lines = tail.split(separator: 0x0A, maxSplits: 3).map(\.count)
    // A byte of an event that comes after the first one and long before the kept state.
    tail[lines[0] + 40] ^= 1
    try registry.write("log/tail", tail)
    #expect(try registry.open().state == state)
    #expect(try !registry.failures().isEmpty)
    // Nor is it handed out with a proof that does not fit it, or in tiles of another root.
    #expect(throws: RegistryError.self) { try registry.open().proof(ofEvent: 1) }
    #expect(throws: RegistryError.self) { try registry.open().exportLog(to: registry.path("out")) }
  }

  @Test("a missing, emptied, changed or foreign state file is not believed, but gone round")
  func files() throws {
    let registry = try Self.kept()
    let file = "state/\(try registry.names("state")[0])"
    let (good, state) = (try registry.read(file), try registry.open().state)
    let text = String(decoding: good, as: UTF8.self)
    let forgeries = [
      [], Array("nothing".utf8), Array(good.dropLast()), good + [0x0A],
      Array(text.replacing("model last", with: "model lost").utf8),
      Array(text.replacing("model model7\n", with: "").utf8),
      try Self.kept().read(file),
    ]
    for forged in forgeries where forged != good {
      try registry.write(file, forged)
      #expect(try registry.open().state == state)
    }
    #expect(try registry.failures().contains { $0.hasPrefix("'\(file)' does not verify") })
    try registry.remove(file)
    #expect(try registry.open().state == state)
    #expect(try !registry.failures().contains { $0.contains("state/") })
    try registry.commit(ModelAdded(model: "more"))
    try registry.write(file, good)
    #expect(try registry.open().state.models.last == "more")
  }

  @Test("nothing is folded on a forged state, so that none can bring a reader down")
  func nonsense() throws {
    let registry = try Self.kept()
    let file = "state/\(try registry.names("state")[0])"
    let (good, state) = (try registry.read(file), try registry.open().state)
    let text = String(decoding: good, as: UTF8.self)
    let forged = text.replacing(
      "alias speakers production 0 ", with: "alias speakers production 99 ")
    #expect(forged != text)
    try registry.write(file, Array(forged.utf8))
    #expect(try registry.open().state == state)
  }

  @Test("a hint that points elsewhere is not believed")
  func hints() throws {
    let registry = try Self.kept()
    let kept = try #require(try registry.open().log.kept)
    let end = try registry.open().log.end
    let forger = Forger(registry: registry)
    let hints = [
      StatePlace(size: kept.size, offset: 0), StatePlace(size: 1, offset: kept.offset),
      StatePlace(size: kept.size, offset: kept.offset + 1),
      StatePlace(size: kept.size, offset: end), StatePlace(size: kept.size, offset: 1 << 40),
      StatePlace(size: 1 << 40, offset: kept.offset),
    ]
    for (number, hint) in hints.enumerated() {
      let event = try forger.event(ModelAdded(model: "hint\(number)"))
      try forger.append(try forger.signed(event), hint: hint)
      #expect(try registry.open().state == Self.folded(registry).state)
      #expect(try registry.open().state.models.last == "hint\(number)")
    }
  }

  @Test("a forged state is not believed on the word of the log's key alone")
  func namedByTheLogAlone() throws {
    let registry = try Self.kept()
    let forger = Forger(registry: registry)
    let store = try registry.open()
    let (size, offset) = (store.state.size, store.log.end)
    let text = Array(
      String(decoding: store.log.keptText, as: UTF8.self)
        .replacing("model last", with: "model lost").utf8)
    try registry.write("state/\(size)", text)
    let event = try forger.event(StateKept(size: size, state: SHA256.digest(of: text)))
    try forger.append(
      try forger.signed(event, as: [.log]), hint: StatePlace(size: size, offset: offset))
    #expect(try registry.open().state.models.last == "last")
    #expect(try registry.open().state == Self.folded(registry).state)
  }

  @Test("a state that engine and log forged together gives nobody else a say")
  func namingOtherKeys() throws {
    let registry = try Self.kept()
    let forger = Forger(registry: registry)
    let store = try registry.open()
    let (size, offset) = (store.state.size, store.log.end)
    let keys = try [SigningRole.root, .desk].map {
      Hexadecimal.encode(try #require(store.state.keys[$0]).der)
    }
    let text = Array(
      String(decoding: store.log.keptText, as: UTF8.self)
        .replacing("key root \(keys[0])", with: "key root \(keys[1])").utf8)
    #expect(text != store.log.keptText)
    try registry.write("state/\(size)", text)
    let event = try forger.event(StateKept(size: size, state: SHA256.digest(of: text)))
    try forger.append(try forger.signed(event), hint: StatePlace(size: size, offset: offset))
    #expect(try registry.open().state.keys == store.state.keys)
  }

  @Test("a state that engine and log forged together is noticed by an audit")
  func namedByBoth() throws {
    let registry = try Self.kept()
    let forger = Forger(registry: registry)
    let store = try registry.open()
    let (size, offset) = (store.state.size, store.log.end)
    let text = Array(
      String(decoding: store.log.keptText, as: UTF8.self)
        .replacing("model last", with: "model lost").utf8)
    try registry.write("state/\(size)", text)
    let event = try forger.event(StateKept(size: size, state: SHA256.digest(of: text)))
    try forger.append(try forger.signed(event), hint: StatePlace(size: size, offset: offset))
    #expect(
      try registry.failures().contains {
        $0.contains("keeps a state in event \(size) that is not what the events before it come to")
      })
  }
}
