import Foundation
import Glibc
import Records
import Testing

@testable import Registry

@Suite("Reading and remembering beside writers")
struct BesideWritersTests {
  @Test("the checkpoint's file is of the newest writer, whoever writes it last")
  func checkpoint() throws {
    let registry = try TemporaryRegistry()
    let slow = try registry.open()
    try registry.commit(ModelAdded(model: "faces"))
    let newest = try registry.read("log/checkpoint")
    slow.follow()
    #expect(try registry.read("log/checkpoint") == newest)
  }

  @Test("nothing is remembered while another process remembers: it could be less")
  func memory() throws {
    let folder = "\(FileManager.default.temporaryDirectory.path)/imu-memory-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let registry = try TemporaryRegistry(memory: CheckpointMemory(folder: folder))
    try registry.commit(ModelAdded(model: "faces"))
    let file = "\(folder)/\(try registry.open().state.id)"
    let before = try DurableFiles.read(file)
    let other = try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY, to: "open")
    #expect(flock(other.number, LOCK_EX) == 0)
    let store = try registry.open()
    try store.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "hands")) }
    #expect("\(store.notRemembered as Any)".contains("another process holds the folder"))
    #expect(try DurableFiles.read(file) == before)
    #expect(flock(other.number, LOCK_UN) == 0)
    try registry.commit(ModelAdded(model: "feet"))
    #expect(try DurableFiles.read(file) == registry.open().checkpoint)
  }

  @Test("a writer that gives up takes what it published with it, unless another is there")
  func givingUp() throws {
    struct Refused: Error {}
    let registry = try TemporaryRegistry()
    func refused(_ store: RegistryStore) {
      #expect(throws: Refused.self) {
        try store.commit(at: registry.clock.now()) { _ in
          _ = try store.blobs.put(Array("weights".utf8))
          throw Refused()
        }
      }
      store.giveUp()
    }
    let blobs = try registry.names("blobs/sha256")
    refused(try registry.open())
    #expect(try registry.names("blobs/sha256") == blobs)
    #expect(try registry.names("work/staging") == [])
    let other = try registry.open()
    _ = try other.blobs.staging
    refused(try registry.open())
    #expect(try registry.names("blobs/sha256").count == blobs.count + 1)
    extendLifetime(other)
  }
}
