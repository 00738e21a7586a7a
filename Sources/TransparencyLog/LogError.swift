/// Why a log cannot be read or written.
package enum LogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The operating system refused.
  case system(operation: String, path: String, reason: String)
  /// A line of the tail that is no record; `offset` in bytes from the beginning.
  case noRecord(offset: Int, reason: String)
  /// No checkpoint lies where a writer could have left the last one; the size is the file's, in bytes.
  case noCheckpoint(searched: Int, size: Int)
  /// A proof that cannot be, or does not hold.
  case proof(String)

  package var description: String {
    switch self {
    case .system(let operation, let path, let reason): "cannot \(operation) '\(path)': \(reason)"
    case .noRecord(let offset, let reason): "at byte \(offset) there is no record: \(reason)"
    case .noCheckpoint(let searched, let size):
      "no checkpoint in the last \(searched) of its \(size) bytes verifies, and no writer writes more "
        + "at once; 'imu-registry fsck --repair' looks for one from the beginning"
    case .proof(let reason): reason
    }
  }
}
