import Registry

/// Where what is remembered outside of a registry could not be, said with the next move.
extension Workplace {
  /// What helps where nothing can be remembered.
  static let memoryAdvice =
    "set XDG_STATE_HOME to a folder of yours that you can write, by its whole path"

  /// Says that nothing was remembered, and why: without it nobody notices a log that was put back.
  func tellOfMemory(_ error: RegistryError?) {
    guard let reason = error?.description ?? memoryLack else { return }
    notice(
      "nothing was remembered outside of the registry: \(reason)"
        + (Self.isHelped(error) ? "; \(Self.memoryAdvice)" : ""))
  }

  /// Whether another folder helps; all else that can be wrong names its own next move.
  private static func isHelped(_ error: RegistryError?) -> Bool {
    if case .system? = error { return true }
    return error == nil
  }

  /// Refuses to promise to remember where there is no place for it, before anything long is done.
  func checkMemoryPlace() throws {
    guard memoryPath == nil else { return }
    throw Failure(
      "there is no folder to remember the log's checkpoint in"
        + (memoryLack.map { ": \($0)" } ?? ""), hint: Self.memoryAdvice)
  }

  /// Remembers the registry's checkpoint because somebody asked for it.
  func remember(_ store: RegistryStore) throws {
    do throws(RegistryError) {
      try store.remember()
    } catch .system(let operation, let path, let reason) {
      throw Failure(
        "all verifies, and nothing was remembered: cannot \(operation) '\(path)': \(reason)",
        hint: Self.memoryAdvice)
    }
  }
}
