import Foundation
import Records
import Synchronization
import Testing

@testable import Registry

@Suite("Repairs beside writers")
struct RepairWaitTests {
  /// Holds a folder as a writer does, and lets it go a while later.
  private static func hold(
    _ name: String, shared isShared: Bool, in registry: TemporaryRegistry
  ) throws {
    let hold = try FolderHold(
      taking: name, in: RegistryLayout(directory: registry.directory), shared: isShared)
    let held = Held(try #require(hold))
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(200)) { held.letGo() }
  }

  private final class Held: Sendable {
    private let hold: Mutex<FolderHold?>

    init(_ hold: FolderHold) { self.hold = Mutex(hold) }

    func letGo() { hold.withLock { $0 = nil } }
  }

  @Test("a repair waits for the writers that were there before it")
  func repair() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(ModelAdded(model: "faces"))
    try registry.write("log/tail", try registry.read("log/tail") + Array("e torn".utf8))
    try Self.hold("work/staging", shared: true, in: registry)
    #expect(try registry.mend().done.count == 1)
    #expect(try registry.failures() == [])
  }

  @Test("a ledger is made anew after whoever was at it")
  func rebuild() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(ModelAdded(model: "faces"))
    try registry.remove("ledger.sqlite")
    try Self.hold("work", shared: false, in: registry)
    try registry.open().remakeLedger()
    #expect(try registry.open().ledgerDump() != nil)
  }

  @Test("a writer who commits while a repair waits is not kept out")
  func writers() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(ModelAdded(model: "faces"))
    let living = try registry.open()
    _ = try living.blobs.put([1])
    let repaired = DispatchSemaphore(value: 0)
    let directory = registry.directory
    DispatchQueue.global().async {
      _ = try? RegistryStore(openingAt: directory, patience: .seconds(2)).repair()
      repaired.signal()
    }
    let clock = ContinuousClock()
    let began = clock.now
    for number in 0..<5 { try registry.commit(ModelAdded(model: "model\(number)")) }
    #expect(clock.now - began < .seconds(2))
    #expect(try living.blobs.contains(living.blobs.put([1])))
    repaired.wait()
  }
}
