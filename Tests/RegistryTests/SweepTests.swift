import Records
import Testing

@testable import Registry

@Suite("What dead writers leave")
struct SweepTests {
  /// Leaves what a writer leaves that dies before its commit.
  ///
  /// - Returns: the blob it had published.
  private static func leave(in registry: TemporaryRegistry) throws -> Digest {
    let store = try registry.open()
    _ = try store.sealed.seal(ReasonOpening(by: nil, reason: "a"), in: .request(.number(9)))
    return try store.blobs.put(Array("orphan".utf8))
  }

  @Test("the next writer removes it when it is alone")
  func alone() throws {
    let registry = try TemporaryRegistry()
    let orphan = try Self.leave(in: registry)
    // The blob, and the key that others may have sealed with; the sealed part went with its writer.
    #expect(try registry.open().uncommittedFiles().count == 2)
    #expect(try registry.names("work/staging").count == 1)
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.open().uncommittedFiles() == [])
    #expect(try registry.names("work/staging") == [])
    #expect(try !registry.open().blobs.contains(orphan))
    #expect(try registry.failures() == [])
  }

  @Test("beside a living writer nothing is removed, and nothing of the living one ever")
  func besideTheLiving() throws {
    let registry = try TemporaryRegistry()
    let orphan = try Self.leave(in: registry)
    let living = try registry.open()
    // The living one began before the other came, and removed what was left then.
    let weights = try living.blobs.put(Array("weights 1".utf8))
    #expect(try !living.blobs.contains(orphan))
    let second = try Self.leave(in: registry)
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try living.blobs.contains(weights))
    #expect(try living.blobs.contains(second))
    try living.addExample(at: registry.clock.now())
    #expect(try registry.open().blobs.contains(weights))
  }

  @Test("opening and auditing remove nothing and make nothing")
  func reading() throws {
    let registry = try TemporaryRegistry()
    let orphan = try Self.leave(in: registry)
    _ = try registry.failures()
    #expect(try registry.open().blobs.contains(orphan))
    #expect(try registry.names("work/staging").count == 1)
  }

  @Test("what no event names is a note while a writer may be at work, and a finding otherwise")
  func noteOrFinding() throws {
    let registry = try TemporaryRegistry()
    let orphan = try Self.leave(in: registry)
    let file = "blobs/sha256/\(orphan.hex)"
    #expect(try registry.failures() == [])
    #expect(
      try registry.notes().contains {
        $0.hasPrefix("'\(file)' is named by no event: a command is at work or was interrupted")
      })
    let staging = try registry.names("work/staging")
    for name in staging { try registry.remove("work/staging/\(name)") }
    #expect(try registry.failures().contains("'\(file)' is named by no event of the log"))
  }

  @Test("a writer that committed or wrote nothing leaves nothing")
  func clean() throws {
    let registry = try TemporaryRegistry()
    try registry.open().addExample(at: registry.clock.now())
    #expect(try registry.names("work/staging") == [])
    #expect(try registry.open().uncommittedFiles() == [])
    #expect(try registry.failures() == [])
  }

  @Test("repair removes what no event names and what is not as it follows, and signs nothing")
  func repaired() throws {
    let registry = try TemporaryRegistry()
    try registry.open().addExample(at: registry.clock.now())
    let orphan = try Self.leave(in: registry)
    let tail = try registry.read("log/tail")
    try registry.write("log/tail", tail + Array("e torn".utf8))
    try registry.write("work/features/\(Digest.of("x").hex)", [1], mode: 0o600)
    let done = try registry.open().repair().done
    #expect(done.contains("cut 6 bytes behind the last checkpoint from log/tail"))
    #expect(done.contains("removed blobs/sha256/\(orphan.hex), which no event names"))
    #expect(try registry.read("log/tail") == tail)
    #expect(try registry.failures() == [])
    #expect(try registry.open().repair().done == [])
  }

  @Test("repair is refused beside a writer that outlives its patience, and says how long it waited")
  func repairBesideTheLiving() throws {
    let registry = try TemporaryRegistry()
    let living = try registry.open()
    _ = try living.blobs.put([1])
    let store = try RegistryStore(openingAt: registry.directory, patience: .milliseconds(1200))
    let (began, clock) = (ContinuousClock.now, ContinuousClock())
    let error = #expect(throws: RegistryError.self) { try store.repair() }
    #expect(clock.now - began >= .milliseconds(1200))
    #expect(
      error?.description
        == "others are at work in '\(registry.directory)' and were for all of the 1 seconds of --wait; "
        + "try again when they are done, or with a longer --wait")
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try living.blobs.contains(living.blobs.put([1])))
  }
}
