import Foundation
import Records
import Testing

@testable import Registry

@Suite("The ledger")
struct LedgerTests {
  private static let foul =
    "'ledger.sqlite' does not say what the log says; 'imu-registry fsck "
    + "--rebuild' makes it anew"

  /// A registry with a row or more in every table, written in several commits.
  private static func filled() throws -> TemporaryRegistry {
    let (registry, first) = try TemporaryRegistry.begun()
    try registry.commit(
      Made.version("second", number: 2, parent: first, run: "run"),
      Found.evidence(.warn, in: .of("second")),
      Issued.certificate(.warn, of: .of("second"), weights: .of("weights of second")))
    try registry.commit(
      DatasetAdded(dataset: "voices", root: .of("root"), recordCount: 3, opening: .of("opening")))
    try registry.commit(Moved.production(from: first, to: .of("second")))
    return registry
  }

  private func findings(_ registry: TemporaryRegistry) throws -> [String] {
    try registry.failures().filter { $0.contains("ledger") }
  }

  private func alter(_ registry: TemporaryRegistry, _ sql: String) throws {
    try SQLiteConnection.open(registry.path("ledger.sqlite"), access: .writing).script(sql)
  }

  @Test("made with every commit it is the one that is made anew from the log")
  func rebuilt() throws {
    let registry = try Self.filled()
    let store = try registry.open()
    let (dump, size) = try #require(try store.ledgerDump())
    #expect(size == store.state.size)
    #expect(try store.expectedDump(ofFirst: store.state.size) == dump)
    try store.rebuildLedger()
    #expect(try store.ledgerDump()?.text == dump)
    try registry.remove("ledger.sqlite")
    #expect(try store.ledgerDump()?.text == nil)
    #expect(try findings(registry) == [])
    try store.rebuildLedger()
    #expect(try store.ledgerDump()?.text == dump)
    #expect(try findings(registry) == [])
  }

  @Test("across a kept state it is brought up to the same as well")
  func acrossKeptState() throws {
    let registry = try TemporaryRegistry()
    try registry.grow()
    try registry.commit(ModelAdded(model: "one"))
    try registry.commit(ModelAdded(model: "two"))
    let store = try registry.open()
    #expect(store.log.kept != nil)
    #expect(try store.ledgerDump()?.text == store.expectedDump(ofFirst: store.state.size))
  }

  @Test("one that is behind is noted, and brought up by the next writer")
  func behind() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(ModelAdded(model: "faces"))
    let ledger = try registry.read("ledger.sqlite")
    try registry.commit(Opened.case(1), Sought.case(1))
    try registry.write("ledger.sqlite", ledger)
    #expect(try findings(registry) == [])
    #expect(
      try registry.notes().contains(
        "'ledger.sqlite' is behind the log; the next writer brings it up"))
    try registry.commit(Decided.case(1, .approved))
    let store = try registry.open()
    #expect(try store.ledgerDump()?.text == store.expectedDump(ofFirst: store.state.size))
  }

  @Test(
    "a row that was changed, added or removed is noticed, changes nothing, and goes by a rebuild",
    arguments: [
      "UPDATE cases SET decision = 'refused'", "DELETE FROM cases", "DELETE FROM events",
      "UPDATE versions SET method = 'x'", "DELETE FROM certificates",
      "UPDATE certificates SET verdict = 'PASS'", "DELETE FROM alias_moves",
      "DELETE FROM datasets", "UPDATE head SET size = size - 1", "UPDATE head SET size = 10000",
      "INSERT INTO datasets VALUES ('faces', 'x', 1, 99)", "UPDATE head SET registry = 'x'",
    ])
  func altered(sql: String) throws {
    let registry = try Self.filled()
    let state = try registry.open().state
    let dump = try registry.open().ledgerDump()?.text
    try alter(registry, sql)
    #expect(try registry.open().state == state)
    #expect(try findings(registry) == [Self.foul])
    try registry.open().rebuildLedger()
    #expect(try registry.open().ledgerDump()?.text == dump)
    #expect(try findings(registry) == [])
  }

  @Test("that of another registry is noticed, and made anew by the next writer")
  func foreign() throws {
    let registry = try Self.filled()
    let other = try TemporaryRegistry()
    try other.commit(ModelAdded(model: "faces"))
    try registry.write("ledger.sqlite", try other.read("ledger.sqlite"))
    #expect(try findings(registry) == [Self.foul])
    try registry.commit(ModelAdded(model: "hands"))
    let store = try registry.open()
    #expect(store.leftUndone == [])
    #expect(try store.ledgerDump()?.text == store.expectedDump(ofFirst: store.state.size))
    #expect(try findings(registry) == [])
  }

  @Test("a file that is no database is a finding, stops no commit, and is made anew")
  func noDatabase() throws {
    let registry = try Self.filled()
    try registry.write("ledger.sqlite", Array(String(repeating: "nonsense ", count: 999).utf8))
    #expect(try findings(registry).count == 1)
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try findings(registry) == [])
  }

  @Test("it says what became void, and why")
  func void() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "faces")), as: [.engine]))
    try registry.commit(ModelAdded(model: "hands"))
    let dump = try #require(try registry.open().ledgerDump()?.text)
    #expect(dump.contains("model/faces") && dump.contains("is not signed by desk"))
  }

  /// A hot journal as SQLite plays it back, naming a super-journal that SQLite then unlinks.
  private func hotJournal(of database: [UInt8], naming target: String) -> [UInt8] {
    func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) } }
    let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    let size = Int(database[16]) << 8 | Int(database[17])
    let page = Array(database[..<size])
    var sum = 1234
    for index in stride(from: size - 200, to: 0, by: -200) { sum += Int(page[index]) }
    var journal =
      magic + word(1) + word(1234) + word(database.count / size) + word(512) + word(size)
    journal += [UInt8](repeating: 0, count: 512 - journal.count)
    journal += word(1) + page + word(sum)
    let name = Array(target.utf8)
    return journal + word(0x4000_0000 / size + 1) + name + word(name.count)
      + word(name.reduce(0) { $0 + Int($1) }) + magic
  }

  @Test("a journal that somebody put beside it is played back by nobody, and goes")
  func journal() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(ModelAdded(model: "faces"))
    let target = registry.path("keys/outside")
    try registry.write("keys/outside", [1])
    let journal = hotJournal(of: try registry.read("ledger.sqlite"), naming: target)
    let before = try registry.read("ledger.sqlite")
    for name in ["ledger.sqlite-journal", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
      try registry.write(name, journal)
      #expect(try registry.open().ledgerDump() != nil)
      #expect(try findings(registry) == ["'\(name)' does not belong in a registry"])
      #expect(try registry.read("ledger.sqlite") == before)
      #expect(try registry.read(name) == journal && registry.read("keys/outside") == [1])
      try registry.remove(name)
    }
    for act: (TemporaryRegistry) throws -> Void in [
      { try $0.commit(ModelAdded(model: "hands")) }, { try $0.open().rebuildLedger() },
      {
        let store = try $0.open()
        _ = try store.repair()
        store.follow()
      },
    ] {
      try registry.write("ledger.sqlite-journal", journal)
      try act(registry)
      #expect(try registry.read("keys/outside") == [1])
      #expect(!FileManager.default.fileExists(atPath: registry.path("ledger.sqlite-journal")))
      #expect(try findings(registry) == [])
    }
  }

  @Test("one that is longer than the log could fill is a finding at once, and is made anew")
  func grown() throws {
    let registry = try Self.filled()
    #expect(unsafe truncate(registry.path("ledger.sqlite"), 1 << 36) == 0)
    #expect(try findings(registry).first?.contains("68719476736 bytes") == true)
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try findings(registry) == [])
  }

  @Test(
    "one that has a second name, or is a link, is not written to but made anew", arguments: [0, 1])
  func secondName(kind: Int) throws {
    let registry = try Self.filled()
    let other = try TemporaryRegistry()
    let bytes = try registry.read("ledger.sqlite")
    let (path, away) = (registry.path("ledger.sqlite"), other.path("ledger.sqlite"))
    try other.write("ledger.sqlite", bytes)
    try registry.remove("ledger.sqlite")
    #expect(unsafe (kind == 0 ? link(away, path) : symlink(away, path)) == 0)
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try other.read("ledger.sqlite") == bytes)
    #expect(try findings(registry) == [])
    let store = try registry.open()
    #expect(try store.ledgerDump()?.text == store.expectedDump(ofFirst: store.state.size))
  }

  @Test(
    "one whose tables are not exactly ours is none, and is made anew",
    arguments: [
      "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM cases; END",
      "CREATE VIEW v AS SELECT * FROM cases", "CREATE TABLE more (a)",
      "CREATE INDEX more ON events (abs(number))", "PRAGMA journal_mode = WAL",
      "DROP INDEX events_of_entity", "ALTER TABLE cases ADD COLUMN more TEXT",
    ])
  func schema(sql: String) throws {
    let registry = try Self.filled()
    try alter(registry, sql)
    #expect(
      try findings(registry).contains(
        "'ledger.sqlite' does not verify: it is no ledger of this program"))
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try findings(registry) == [])
  }

  @Test("a registry whose own folder is reached by a link has its ledger kept up")
  func linkedRegistry() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(ModelAdded(model: "faces"))
    let link = registry.directory + "-link"
    #expect(unsafe symlink(registry.directory, link) == 0)
    defer { unlink(link) }
    let store = try RegistryStore(openingAt: link)
    _ = try store.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "hands")) }
    #expect(store.leftUndone == [])
    #expect(try store.ledgerDump()?.text == store.expectedDump(ofFirst: store.state.size))
  }

  @Test("a writer who comes late does not put it back")
  func late() throws {
    let registry = try Self.filled()
    let late = try registry.open()
    try registry.commit(ModelAdded(model: "hands"))
    late.follow()
    #expect(late.leftUndone.allSatisfy { !$0.description.contains("ledger") })
    let store = try registry.open()
    #expect(try store.ledgerDump()?.size == store.state.size)
    #expect(try store.ledgerDump()?.text == store.expectedDump(ofFirst: store.state.size))
    try late.rebuildLedger()
    #expect(try store.ledgerDump()?.size == store.state.size)
  }

  @Test("while somebody else is at it, it is left to the next writer, and nothing is lost")
  func busy() throws {
    let registry = try Self.filled()
    let before = try registry.read("ledger.sqlite")
    var hold = try FolderHold(taking: "work", in: RegistryLayout(directory: registry.directory))
    #expect(hold != nil)
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try registry.read("ledger.sqlite") == before)
    hold = nil
    // A reader of its own tools holds it by SQLite's lock.
    let reader = try SQLiteConnection.open(registry.path("ledger.sqlite"), access: .writing)
    try reader.script("BEGIN; SELECT * FROM head")
    try registry.commit(ModelAdded(model: "feet"))
    #expect(try registry.read("ledger.sqlite") == before)
    try reader.script("COMMIT")
    try registry.commit(ModelAdded(model: "eyes"))
    let store = try registry.open()
    #expect(try store.ledgerDump()?.text == store.expectedDump(ofFirst: store.state.size))
  }
}
