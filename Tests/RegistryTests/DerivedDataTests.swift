import Records
import Signing
import Testing

@testable import Registry

@Suite("Derived data")
struct DerivedDataTests {
  private let registry: TemporaryRegistry
  private let manifest = SHA256.digest(of: "manifest")

  init() throws { registry = try TemporaryRegistry() }

  private func draft(_ text: String, _ records: [Int], key: String = "key") -> DerivedDraft {
    DerivedDraft(
      key: SHA256.digest(of: key), manifest: manifest, records: RecordSelection(records),
      bytes: Array(text.utf8))
  }

  private func keep(_ draft: DerivedDraft) throws -> DerivedData {
    try registry.open().keep(draft, at: TemporaryRegistry.time)
  }

  @Test("is found by its key and read back in parts")
  func keep() throws {
    let entry = try keep(draft("abcdef", [1, 2]))
    _ = try keep(draft("other", [3], key: "another"))
    #expect(try registry.open(.reading).derivedData(key: entry.key) == [entry])
    #expect(try registry.open(.reading).derivedData().count == 2)
    let file = try registry.open(.reading).open(entry)
    #expect(file.size == 6)
    #expect(try file.read(3, at: 2) == Array("cde".utf8))
    #expect(throws: RegistryError.self) { try file.read(3, at: 4) }
    #expect(try registry.audit() == [])
  }

  @Test(
    "is replaced by what was made from fewer records, and the log keeps the digest of what went")
  func erase() throws {
    let entry = try keep(draft("both", [1, 2]))
    let open = try registry.open(.reading).open(entry)
    try registry.open().erase(entry, leaving: draft("one", [2]), at: TemporaryRegistry.time)
    let left = try registry.open().derivedData()
    #expect(left.map(\.records.text) == ["2"])
    #expect(try registry.names("derived") == left.map(\.digest.hex))
    let line = try registry.open().logEntries().last
    #expect(line?.kind == "derived-erased" && line?.digest == entry.digest)
    // Whoever had opened it reads on.
    #expect(try open.read(4, at: 0) == Array("both".utf8))
    let rest = try #require(left.first)
    try registry.open().erase(rest, leaving: nil, at: TemporaryRegistry.time)
    #expect(try registry.names("derived") == [])
    #expect(try registry.audit() == [])
  }

  @Test("that comes back after it was erased is found")
  func back() throws {
    let entry = try keep(draft("both", [1, 2]))
    try registry.open().erase(entry, leaving: nil, at: TemporaryRegistry.time)
    _ = try keep(draft("both", [1, 2]))
    #expect(try registry.audit().contains { $0.contains("the log says it was erased") })
  }

  @Test("is vouched for byte by byte")
  func changed() throws {
    let entry = try keep(draft("bytes", [1]))
    let name = "derived/\(entry.digest.hex)"
    try registry.write(name, Array("Bytes".utf8))
    #expect(try registry.audit().contains { $0.contains(name) })
    #expect(throws: RegistryError.self) { try registry.open(.reading).open(entry) }
    try registry.remove(name)
    #expect(try registry.audit().contains { $0.contains(name) })
    #expect(throws: RegistryError.self) { try registry.open(.reading).open(entry) }
  }

  @Test("without a row is found by a reader's audit, and removed by a writer")
  func orphan() throws {
    try registry.write("derived/stray", [1])
    let found = try RegistryAudit.run(on: try registry.open(.reading))
    #expect(found.contains { $0.file == "derived/stray" })
    _ = try registry.open()
    #expect(try registry.names("derived") == [])
  }
}
