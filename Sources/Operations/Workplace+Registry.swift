import Records
import Registry
import TransparencyLog

extension Workplace {
  /// Opens the registry: nothing is locked and nothing written.
  func open(searching search: TailReader.Search = .nearEnd) throws -> RegistryStore {
    try RegistryStore(
      openingAt: registryPath, memory: memoryPath.map { CheckpointMemory(folder: $0) },
      patience: patience, threads: threads, searching: search)
  }

  /// Does something with the registry that writes nothing, and says where its history is not the one
  /// that was seen before.
  func reading<Result>(_ body: (RegistryStore) throws -> Result) throws -> Result {
    let store = try open()
    do throws(RegistryError) {
      try store.checkMemory()
    } catch {
      notice(error.description)
    }
    return try body(store)
  }

  /// Does something with the registry that commits, and says what could not be made afterwards.
  func writing<Result>(
    searching search: TailReader.Search = .nearEnd, _ body: (RegistryStore) throws -> Result
  ) throws -> Result {
    let store = try open(searching: search)
    let result = try body(store)
    for error in store.leftUndone {
      notice("\(error.description); what was decided is in the log, and the next command makes it")
    }
    return result
  }
}
