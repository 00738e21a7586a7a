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

  /// Does something with the registry that prints what it says and writes nothing, and notices where its
  /// history is not the one that was seen before.
  func reading<Result>(_ body: (RegistryStore) throws -> Result) throws -> Result {
    let store = try open()
    do throws(RegistryError) {
      try store.checkMemory()
    } catch {
      notice(error.description)
    }
    return try body(store)
  }

  /// Does something that assures of what the registry says, hands it out, or computes with it.
  ///
  /// It commits nothing, and is not done on a history that is not the one that was seen before.
  ///
  /// - Throws: `RegistryError.forked` or `.replaced`, before anything is done.
  func assuring<Result>(_ body: (RegistryStore) throws -> Result) throws -> Result {
    let store = try open()
    try store.checkMemory()
    return try body(store)
  }

  /// Does something that commits, or as a dry run prints what it would do.
  func deciding<Result>(
    isDryRun: Bool, _ body: (RegistryStore) throws -> Result
  ) throws -> Result {
    try isDryRun ? reading(body) : writing(body)
  }

  /// Does something with the registry that commits, and says what could not be made afterwards.
  ///
  /// - Throws: `RegistryError.forked` or `.replaced`, before anything is done that a commit would refuse.
  func writing<Result>(
    searching search: TailReader.Search = .nearEnd, _ body: (RegistryStore) throws -> Result
  ) throws -> Result {
    let store = try open(searching: search)
    try store.checkMemory()
    let result: Result
    do {
      result = try body(store)
    } catch {
      store.giveUp()
      throw error
    }
    for error in store.leftUndone {
      notice("\(error.description); what was decided is in the log, and the next command makes it")
    }
    tellOfMemory(store.notRemembered)
    return result
  }
}
