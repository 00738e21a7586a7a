import Records
import Registry

extension Workplace {
  /// Does something with the registry opened for writing, after finishing what was interrupted.
  func writing<Result>(
    _ body: (RegistryStore) throws -> Result, finishingInterrupted: Bool = true
  ) throws -> Result {
    let store = try RegistryStore(openingAt: registryPath, for: .writing)
    if finishingInterrupted { try finishInterruptedRuns(in: store) }
    return try body(store)
  }

  /// Does something with the registry as it is found: put in order first where it may be written.
  func settled<Result>(_ body: (RegistryStore) throws -> Result) throws -> Result {
    let store = try RegistryStore(openingAsFoundAt: registryPath)
    if store.access == .writing { try finishInterruptedRuns(in: store) }
    return try body(store)
  }

  /// Does something with the registry opened for reading.
  func reading<Result>(_ body: (RegistryStore) throws -> Result) throws -> Result {
    try body(try RegistryStore(openingAt: registryPath, for: .reading))
  }

  /// Signs for every version that a crash left without its signature, its certificate or its report.
  private func finishInterruptedRuns(in store: RegistryStore) throws {
    for run in try store.pendingRuns() {
      notice("finishing the interrupted forget of request '\(run.request)'")
      _ = try finish(run, in: store)
    }
    for version in try store.versions() where try store.modelSignature(of: version) == nil {
      notice("signing \(version.name), which was interrupted before its signature")
      try store.discardTraining(TrainingIdentity(of: version).digest)
      try sign(version, in: store)
    }
  }
}
