import Glibc

/// The tail of a log, opened by the one writer that holds it.
package struct TailWriter: ~Copyable {
  private let number: Int32
  private let path: String

  /// Opens a file named relative to an open folder, if one is given.
  ///
  /// - Throws: `LogError.system` when it cannot be opened or is no plain file.
  package init(
    openingAt path: String, under folder: Int32 = AT_FDCWD, creating isNew: Bool
  ) throws(LogError) {
    let flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isNew ? O_CREAT : 0)
    let number = unsafe openat(folder, path, flags, 0o644)
    guard number >= 0 else { throw .last("open", path) }
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(number)
      throw .system(operation: "write", path: path, reason: "it is no plain file")
    }
    self.number = number
    self.path = path
  }

  deinit { close(number) }

  /// Commits events: what lies behind `end` is cut, the events are written and synced, and then the
  /// checkpoint that vouches for them.
  ///
  /// After an error nothing is known of what reached the disk, though it may be read back for now: it
  /// is cut again as far as that goes, and the next writer writes anew.
  ///
  /// - Returns: where the tail ends now.
  /// - Throws: `LogError.system`; for more than `TailRecord.batchLimit` bytes before anything is cut.
  package func append(
    _ events: [[UInt8]], after end: Int, checkpoint note: [UInt8], state: StatePlace?
  ) throws(LogError) -> Int {
    precondition(
      events.allSatisfy {
        !$0.isEmpty && $0.count <= TailRecord.eventLimit && !$0.contains(0x0A)
      }, "events of one line each, not too long")
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .last("look at", path) }
    guard Int(status.st_size) >= end else {
      throw .system(
        operation: "append to", path: path, reason: "it is shorter than what was committed")
    }
    let lines = events.flatMap { TailRecord.event($0).line }
    let line = TailRecord.checkpoint(CheckpointRecord(note: note, state: state)).line
    guard lines.count + line.count <= TailRecord.batchLimit else {
      throw .system(
        operation: "append to", path: path,
        reason:
          "\(lines.count + line.count) bytes at once, and \(TailRecord.batchLimit) are the most")
    }
    if Int(status.st_size) > end {
      guard ftruncate(number, off_t(end)) == 0 else { throw .last("cut", path) }
    }
    do throws(LogError) {
      try write(lines, at: end)
      try write(line, at: end + lines.count)
    } catch {
      if ftruncate(number, off_t(end)) == 0 { _ = fdatasync(number) }
      throw error
    }
    return end + lines.count + line.count
  }

  /// Writes bytes and waits for the disk.
  private func write(_ bytes: [UInt8], at offset: Int) throws(LogError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          number, buffer.baseAddress?.advanced(by: written), buffer.count - written,
          off_t(offset + written))
      }
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw .last("write", path)
      }
      written += count
    }
    guard fdatasync(number) == 0 else { throw .last("sync", path) }
  }
}
