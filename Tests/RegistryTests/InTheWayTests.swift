import Foundation
import Records
import Testing
import TransparencyLog

@testable import Registry

@Suite("What lies in the way of a writer")
struct InTheWayTests {
  /// Things that are no folder and no file.
  private static let others: [@Sendable (String) throws -> Void] = [
    { #expect(unsafe symlink("/nowhere", $0) == 0) }, { #expect(unsafe mkfifo($0, 0o600) == 0) },
  ]

  private static func keep(_ bytes: [UInt8], in store: RegistryStore) throws -> DerivedData {
    try store.keep(
      DerivedDraft(
        key: .of("key"), root: .of("root"), records: RecordSelection([1]), environment: .example,
        bytes: bytes), at: CountingClock.time(1))
  }

  @Test(
    "what is no folder makes way for one where scratch lies",
    arguments: ["work", "work/runs", "work/staging", "work/runs/RUN"], 0...2)
  func scratch(_ name: String, _ kind: Int) throws {
    let registry = try TemporaryRegistry()
    let run = Digest.of("run")
    let path = registry.path(name.replacing("RUN", with: run.hex))
    try? FileManager.default.removeItem(atPath: path)
    try kind == 2 ? Data([1]).write(to: URL(filePath: path)) : Self.others[kind](path)
    #expect(try registry.open().hold(run: run) != nil)
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.failures() == [])
  }

  @Test("a folder that has a blob's name makes way for the blob")
  func blobs() throws {
    let registry = try TemporaryRegistry()
    let name = "blobs/sha256/\(Digest.of("weights 1").hex)"
    try registry.nest(name)
    try registry.open().addExample(at: registry.clock.now())
    #expect(try registry.read(name) == Array("weights 1".utf8))
    #expect(try registry.failures() == [])
    #expect(try registry.names("work/staging") == [])
  }

  @Test("a file of that name with other bytes does not")
  func otherBytes() throws {
    let registry = try TemporaryRegistry()
    try registry.write("blobs/sha256/\(Digest.of("weights 1").hex)", Array("weights 2".utf8))
    let store = try registry.open()
    let error = #expect(throws: RegistryError.self) {
      try store.blobs.put(Array("weights 1".utf8))
    }
    #expect(error?.isCorruption == true)
  }

  @Test(
    "a folder in the place of what follows from the log makes way for it",
    arguments: ["log/checkpoint", "index.json", "ledger.sqlite", "ledger.sqlite-shm"])
  func following(_ name: String) throws {
    let registry = try TemporaryRegistry()
    try registry.nest(name)
    try registry.open().addExample(at: registry.clock.now())
    #expect(try registry.failures() == [])
    #expect(try registry.notes() == [])
  }

  @Test("a folder of its name keeps no state from being kept")
  func states() throws {
    let registry = try TemporaryRegistry()
    try registry.grow()
    let size = try registry.open().state.size
    try registry.nest("state/\(size)")
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.open().log.kept?.size == size)
    #expect(try registry.failures() == [])
  }

  @Test("a folder of their name keeps no features from being kept, nor what is kept of a training")
  func derived() throws {
    let registry = try TemporaryRegistry()
    let kept = try Self.keep([1, 2], in: registry.open())
    try registry.nest("work/features/\(kept.digest.hex)")
    #expect(try Self.keep([1, 2], in: registry.open()) == kept)
    #expect(try registry.open().derivedData() == [kept])
    try registry.nest("work/training/\(kept.digest.hex)")
    try registry.open().discardTraining(kept.digest)
    #expect(try registry.open().keptTrainings() == [])
  }

  @Test("a writer that died may have left folders in its own, however deep")
  func deep() throws {
    let registry = try TemporaryRegistry()
    try registry.nest("work/staging/0123456789abcdef")
    var folder = unsafe open(registry.path("work/staging/0123456789abcdef"), O_RDONLY)
    for _ in 0..<3_000 {
      #expect(unsafe mkdirat(folder, "down", 0o700) == 0)
      let next = unsafe openat(folder, "down", O_RDONLY | O_DIRECTORY)
      close(folder)
      folder = next
    }
    close(folder)
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.names("work/staging") == [])
  }

  @Test("an audit names what does not belong among the folders of runs")
  func runs() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    let run = Digest.of("run").hex
    #expect(try registry.open().state.run(.of("run")) != nil, "\(first)")
    func found() throws -> [String] { try registry.failures().filter { $0.contains("work/runs") } }
    #expect(try found() == [])
    for (name, told) in [(run, run), ("x", "x")] {
      try registry.write("work/runs/\(name)", [1], mode: 0o600)
      #expect(
        try found().contains { $0.hasPrefix("'work/runs/\(told)' does not belong in a registry") })
      try registry.remove("work/runs/\(name)")
    }
    try registry.nest("work/runs/\(run)")
    #expect(try found().contains("'work/runs/\(run)/deep' does not belong in a registry"))
    try registry.mend()
    #expect(try found() == [])
  }

  @Test("that the keeper's own folder may not be read is a finding, another's a note")
  func unreadable() {
    func severity(_ owner: UInt32, _ user: UInt32) -> AuditFinding.Severity {
      RegistryAudit.unreadable("sealed", "so", owner: owner, user: user).severity
    }
    #expect(severity(1_000, 1_000) == .failure)
    #expect(severity(1_000, 0) == .failure)
    #expect(severity(1_000, 1_001) == .note)
  }
}
