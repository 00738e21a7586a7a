import Foundation
import Records
import Testing
import TransparencyLog

@testable import Registry

@Suite("Repairs")
struct RepairTests {
  @Test(
    "after a repair an audit finds nothing where nothing that the log names is lost",
    arguments: Mischief.all)
  func mended(_ mischief: Mischief) throws {
    let registry = try TemporaryRegistry.rich()
    try mischief.happen(registry)
    #expect(try !registry.failures().isEmpty)
    #expect(try registry.mend().failures == [])
    #expect(try registry.failures() == [])
    #expect(try registry.mend().done == [])
  }

  @Test(
    "what stands where scratch lies is removed, with whatever lies in it",
    arguments: [
      Mischief.file("work"), .file("work/staging"), .file("work/runs"), .file("work/features"),
      .folder("work/staging/x"), .file("work/staging/x"), .folder("work"),
    ])
  func scratch(_ mischief: Mischief) throws {
    let registry = try TemporaryRegistry.rich()
    try mischief.happen(registry)
    let repair = try registry.mend()
    #expect(repair.failures == [])
    #expect(!repair.done.isEmpty)
    #expect(try registry.failures() == [])
    #expect(try registry.mend().done == [])
  }

  @Test("hints that lead elsewhere are put right, and nothing that is signed changes")
  func hints() throws {
    let registry = try TemporaryRegistry.rich()
    let forger = Forger(registry: registry)
    let right = try registry.open()
    let event = try forger.event(ModelAdded(model: "hinted"))
    try forger.append(try forger.signed(event), hint: StatePlace(size: 9, offset: 1))
    let wrong = try registry.open()
    #expect(try registry.failures().contains { $0.contains("does not lead to") })
    #expect(try registry.mend().failures == [])
    let mended = try registry.open()
    #expect(mended.state == wrong.state && mended.checkpoint == wrong.checkpoint)
    #expect(mended.log.kept == right.log.kept)
    #expect(try registry.failures() == [])
    try registry.commit(ModelAdded(model: "more"))
    #expect(try registry.failures() == [])
  }

  @Test("hints before a kept state move where it is named, and it is found there")
  func hintsBefore() throws {
    let registry = try TemporaryRegistry()
    let forger = Forger(registry: registry)
    let event = try forger.event(ModelAdded(model: "hinted"))
    try forger.append(try forger.signed(event), hint: StatePlace(size: 9_999, offset: 99_999))
    try registry.grow()
    try registry.commit(ModelAdded(model: "kept"))
    let before = try registry.open()
    #expect(try registry.mend().failures == [])
    let mended = try registry.open()
    #expect(mended.log.kept?.size == before.log.kept?.size)
    #expect(mended.log.kept != before.log.kept)
    #expect(mended.state == before.state)
    #expect(try registry.failures() == [])
  }

  @Test("a log whose hints are right is not written anew")
  func rightHints() throws {
    let registry = try TemporaryRegistry.rich()
    let before = try FileStatus(of: registry.path("log/tail"))
    try registry.mend()
    #expect(try FileStatus(of: registry.path("log/tail")) == before)
  }

  @Test("a repair goes on behind what it cannot mend, and says what that is")
  func goesOn() throws {
    let registry = try TemporaryRegistry.rich()
    let away = registry.directory + "-away"
    defer { try? FileManager.default.removeItem(atPath: away) }
    try FileManager.default.moveItem(atPath: registry.path("sealed/reasons"), toPath: away)
    #expect(unsafe symlink(away, registry.path("sealed/reasons")) == 0)
    try registry.nest("state/259")
    try registry.write("log/x", [1])
    let repair = try registry.open().repair()
    #expect(repair.failures == [.noFolder("sealed/reasons")])
    #expect(repair.done.contains { $0.hasPrefix("removed state/259,") })
    #expect(repair.done.contains { $0.hasPrefix("removed log/x,") })
  }

  @Test("what people put beside the rest, or among the keys, stays and is told of")
  func strangers() throws {
    let registry = try TemporaryRegistry.rich()
    try registry.write("notes", [1])
    try registry.write("keys/desk.pem.old", [1])
    let told = try registry.mend().failures.map(\.description)
    #expect(told.count == 2)
    #expect(told.contains { $0.contains("'notes'") && $0.contains("move it out") })
    #expect(told.contains { $0.contains("'keys/desk.pem.old'") })
    #expect(try registry.read("notes") == [1] && registry.read("keys/desk.pem.old") == [1])
  }

  @Test("sealed parts of a scope of which not every name is known stay")
  func unknownScope() throws {
    let registry = try TemporaryRegistry.rich()
    let lineage = try #require(try registry.open().state.versions.first).lineage
    try registry.remove("blobs/sha256/\(lineage.hex)")
    try FileManager.default.createDirectory(
      atPath: registry.path("sealed/lineage"), withIntermediateDirectories: true)
    let part = "sealed/lineage/\(String(repeating: "ab", count: 32))"
    try registry.write(part, [1])
    try registry.write("sealed/reasons/x", [1])
    let repair = try registry.mend()
    #expect(repair.failures.count == 1)
    #expect(try registry.read(part) == [1])
    #expect(repair.done.contains { $0.hasPrefix("removed sealed/reasons/x,") })
  }
}
