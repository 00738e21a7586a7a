import Foundation
import Records
import Testing

@testable import Registry

@Suite("What is remembered outside of a registry")
struct MemoryTests {
  /// A folder to remember in that goes when the test is done.
  private final class Folder {
    let path = "\(FileManager.default.temporaryDirectory.path)/imu-memory-\(UUID().uuidString)"
    var memory: CheckpointMemory { CheckpointMemory(folder: "\(path)/state") }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  @Test("a log that goes on is written to, and its newest checkpoint remembered")
  func goesOn() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    try registry.commit(ModelAdded(model: "faces"))
    #expect(try registry.open().extendsMemory()?.size == 4)
    try registry.commit(ModelAdded(model: "hands"))
    let (isExtended, size) = try #require(try registry.open().extendsMemory())
    #expect(isExtended && size == 5)
    #expect(try registry.open().replacedPlace() == nil)
  }

  @Test("what is remembered is written to a new file, through no link that lies beside it")
  func linked() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    try registry.commit(ModelAdded(model: "faces"))
    let file = folder.memory.file(of: try registry.open().state.id)
    let away = "\(folder.path)/away"
    try Data([7]).write(to: URL(filePath: away))
    #expect(unsafe symlink(away, "\(file).\(getpid())") == 0)
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try DurableFiles.read(away) == [7])
    #expect(try DurableFiles.read(file) == registry.open().checkpoint)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.memory.folder)
        .filter { $0.contains(".") } == ["\((file as NSString).lastPathComponent).\(getpid())"])
  }

  @Test("a log that was put back is read, and refused to write to")
  func putBack() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    try registry.commit(ModelAdded(model: "faces"))
    let older = try registry.read("log/tail")
    try registry.commit(ModelAdded(model: "hands"))
    try registry.write("log/tail", older)
    let store = try registry.open()
    #expect(store.state.models == ["speakers", "faces"])
    #expect(try store.extendsMemory()?.0 == false)
    let file = folder.memory.file(of: store.state.id)
    #expect(throws: RegistryError.forked(file: file, size: 5, found: 4)) {
      try registry.commit(ModelAdded(model: "feet"))
    }
    #expect(try registry.read("log/tail") == older)
  }

  @Test("of a log that was put back nothing is removed or made, and what is remembered stays so")
  func nothingRemoved() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    let older = try registry.read("log/tail")
    try registry.open().addExample(at: registry.clock.now())
    let file = folder.memory.file(of: try registry.open().state.id)
    let (remembered, blobs) = (try DurableFiles.read(file), try registry.names("blobs/sha256"))
    // A dead writer's folder makes the next writer look for what nobody committed.
    try FileManager.default.createDirectory(
      atPath: registry.path("work/staging/dead"), withIntermediateDirectories: true)
    try registry.write("log/tail", older)
    let forked = RegistryError.forked(file: file, size: 4, found: 3)
    #expect(throws: forked) { try registry.commit(ModelAdded(model: "faces")) }
    #expect(throws: forked) { try registry.open().repair() }
    #expect(throws: forked) { try registry.open().remakeLedger() }
    #expect(throws: RegistryError.self) { try registry.open().remember() }
    #expect(try registry.names("blobs/sha256") == blobs)
    #expect(try DurableFiles.read(file) == remembered)
  }

  @Test("where another registry lay none is made, and a link in its place is that place")
  func samePlace() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    try registry.commit(ModelAdded(model: "hands"))
    let other = try TemporaryRegistry()
    try FileManager.default.removeItem(atPath: registry.directory)
    let error = #expect(throws: RegistryError.self) {
      try RegistryStore.create(
        at: registry.directory, model: "speakers", policies: [], time: CountingClock.time(0),
        memory: folder.memory)
    }
    #expect(error?.description.contains("held another registry") == true)
    #expect(!FileManager.default.fileExists(atPath: registry.directory))
    try FileManager.default.createSymbolicLink(
      atPath: registry.directory, withDestinationPath: other.directory)
    #expect(throws: RegistryError.self) { try registry.commit(ModelAdded(model: "faces")) }
    #expect(try registry.open().replacedPlace() != nil)
  }

  @Test("what is remembered never becomes less, though a slower writer remembers last")
  func neverLess() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    let slow = try registry.open()
    try registry.commit(ModelAdded(model: "faces"))
    let file = folder.memory.file(of: slow.state.id)
    let remembered = try DurableFiles.read(file)
    try slow.remember()
    #expect(try DurableFiles.read(file) == remembered)
    // Nor is who read before the newest commit told that the log was put back.
    #expect(try slow.extendsMemory()?.0 == true)
  }

  @Test("a log with another history of the same length is refused")
  func forked() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    try registry.commit(ModelAdded(model: "faces"))
    let other = try registry.copy()
    try registry.commit(ModelAdded(model: "hands"))
    try other.commit(ModelAdded(model: "feet"))
    try other.commit(ModelAdded(model: "ears"))
    try registry.write("log/tail", try other.read("log/tail"))
    let file = folder.memory.file(of: try registry.open().state.id)
    #expect(throws: RegistryError.forked(file: file, size: 5, found: 6)) {
      try registry.commit(ModelAdded(model: "eyes"))
    }
  }

  @Test("another registry in the same place is refused, naming the file that remembers")
  func replaced() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    try registry.commit(ModelAdded(model: "faces"))
    let other = try TemporaryRegistry()
    try FileManager.default.removeItem(atPath: registry.directory)
    try FileManager.default.copyItem(atPath: other.directory, toPath: registry.directory)
    let file = try #require(folder.memory.files(ofPlace: registry.directory).first)
    #expect(try registry.open().replacedPlace() == file)
    #expect(throws: RegistryError.replaced(directory: registry.directory, file: file)) {
      try registry.commit(ModelAdded(model: "hands"))
    }
    try FileManager.default.removeItem(atPath: file)
    try registry.commit(ModelAdded(model: "hands"))
    #expect(try registry.open().replacedPlace() == nil)
  }

  @Test("a remembered checkpoint that the log's key did not sign stops writing, said so")
  func forgedMemory() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry(memory: folder.memory)
    try registry.commit(ModelAdded(model: "faces"))
    let file = folder.memory.file(of: try registry.open().state.id)
    var note = try DurableFiles.read(file)
    note[note.count - 10] ^= 1
    try Data(note).write(to: URL(filePath: file))
    let error = #expect(throws: RegistryError.self) {
      try registry.commit(ModelAdded(model: "hands"))
    }
    #expect(error?.isCorruption == true)
    #expect(error?.description.contains(file) == true)
  }

  @Test("a checkpoint that somebody kept is held against the log, an older one too")
  func keptByOthers() throws {
    let folder = Folder()
    let registry = try TemporaryRegistry()
    let file = "\(folder.path)-kept"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data(try registry.open().checkpoint).write(to: URL(filePath: file))
    try registry.commit(ModelAdded(model: "faces"))
    let (isExtended, size) = try registry.open().extends(checkpointIn: file)
    #expect(isExtended && size == 3)
    #expect(try registry.open().extends(size: 0, head: .of("nothing")) == false)
    #expect(try registry.open().extends(size: 9, head: registry.open().head.root) == false)
    let other = try TemporaryRegistry()
    #expect(throws: RegistryError.self) { try other.open().extends(checkpointIn: file) }
  }
}
