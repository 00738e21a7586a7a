import Glibc

/// Holds the registry for one writer or for any number of readers, until it goes out of scope.
struct RegistryLock: ~Copyable {
  private let file: FileDescriptor

  /// Waits up to `patience` twentieths of a second for the lock.
  ///
  /// - Throws: `RegistryError.busy` when another process keeps it longer.
  init(
    of layout: RegistryLayout, access: RegistryAccess, patience: Int
  ) throws(RegistryError) {
    let path = layout.path(RegistryLayout.lock)
    // A reader may stand on a medium it cannot write.
    let file = try FileDescriptor(
      opening: path, access == .writing ? O_RDWR | O_CREAT : O_RDONLY, mode: 0o644, to: "lock")
    guard try Self.acquire(file, access == .writing ? LOCK_EX : LOCK_SH, patience) else {
      throw .busy(layout.directory)
    }
    self.file = file
  }

  /// Whether this process may write the registry: not on a medium, or as a person, that only reads.
  static func isWritable(_ layout: RegistryLayout) -> Bool {
    let lock = layout.path(RegistryLayout.lock)
    return unsafe Glibc.access(layout.directory, W_OK) == 0 && Glibc.access(lock, W_OK) == 0
  }

  private static func acquire(
    _ file: borrowing FileDescriptor, _ kind: Int32, _ patience: Int
  ) throws(RegistryError) -> Bool {
    for attempt in 0...max(0, patience) {
      if flock(file.number, kind | LOCK_NB) == 0 { return true }
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw .lastSystemError("lock", file.path)
      }
      if attempt < patience { usleep(50_000) }
    }
    return false
  }
}

/// What a process means to do with the registry.
package enum RegistryAccess: Hashable, Sendable {
  /// Shared with other readers.
  case reading
  /// Alone; what an interrupted writer left is put in order first.
  case writing
}
