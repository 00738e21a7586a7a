import Glibc

/// An open file, closed when it goes out of scope.
struct FileDescriptor: ~Copyable {
  let number: Int32
  let path: String

  /// Opens with `O_CLOEXEC`; a relative path is one below the open folder `folder`.
  ///
  /// - Throws: `RegistryError.system` naming the path.
  init(
    opening path: String, _ flags: Int32, mode: mode_t = 0, under folder: Int32 = AT_FDCWD,
    as shown: String? = nil, to operation: String = "open"
  ) throws(RegistryError) {
    guard !path.utf8.contains(0) else {
      throw .invalidName(what: "a file", value: path, rule: "it holds a NUL")
    }
    let number = unsafe Glibc.openat(folder, path, flags | O_CLOEXEC, mode)
    guard number >= 0 else { throw .lastSystemError(operation, shown ?? path) }
    self.number = number
    self.path = shown ?? path
  }

  /// Opens a plain file for reading: a pipe or a device is refused, not waited for.
  ///
  /// - Throws: `RegistryError.corrupted` for what is no plain file, a link included unless links are
  ///   followed; `.system` for what cannot be opened.
  init(
    reading path: String, followingLinks isFollowing: Bool = false, under folder: Int32 = AT_FDCWD,
    as shown: String? = nil
  ) throws(RegistryError) {
    let flags = O_RDONLY | O_NONBLOCK | (isFollowing ? 0 : O_NOFOLLOW)
    let kind = try FileStatus(
      of: path, under: folder, as: shown ?? path, followingLinks: isFollowing)
    guard kind?.isPlainFile ?? true else { throw Self.noPlainFile(shown ?? path) }
    let number = unsafe Glibc.openat(folder, path, flags | O_CLOEXEC)
    guard number >= 0 else { throw .lastSystemError("read", shown ?? path) }
    // What was looked at may be another file by now.
    var status = stat()
    guard unsafe fstat(number, &status) == 0, FileStatus(status).isPlainFile else {
      close(number)
      throw Self.noPlainFile(shown ?? path)
    }
    self.number = number
    self.path = shown ?? path
  }

  private static func noPlainFile(_ path: String) -> RegistryError {
    .corrupted(file: path, reason: "it is no plain file")
  }

  deinit { close(number) }

  func status() throws(RegistryError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .lastSystemError("look at", path) }
    return FileStatus(status)
  }

  /// Writes every byte.
  func write(_ bytes: [UInt8]) throws(RegistryError) { try unsafe write(bytes.span.bytes) }

  /// Writes every byte.
  func write(_ bytes: RawSpan) throws(RegistryError) {
    var written = 0
    while written < bytes.byteCount {
      let (count, failure) = unsafe bytes.extracting(droppingFirst: written).withUnsafeBytes {
        (unsafe Glibc.write(number, $0.baseAddress, $0.count), errno)
      }
      guard count >= 0 else {
        if failure == EINTR { continue }
        throw .system("write", path, failure)
      }
      written += count
    }
  }

  /// Writes the bytes of another file, a megabyte at a time.
  func write(contentsOf path: String) throws(RegistryError) {
    let source = try FileDescriptor(reading: path)
    while true {
      let part = try source.read(upTo: 1 << 20)
      if part.isEmpty { return }
      try write(part)
    }
  }

  /// Reads up to `count` bytes; fewer only at the end of the file.
  func read(upTo count: Int) throws(RegistryError) -> [UInt8] {
    try unsafe bytes(upTo: count) { buffer, wanted, _ in unsafe Glibc.read(number, buffer, wanted) }
  }

  /// Reads up to `count` bytes from an offset on; fewer only at the end of the file.
  func read(upTo count: Int, at offset: Int) throws(RegistryError) -> [UInt8] {
    try unsafe bytes(upTo: count) { buffer, wanted, read in
      unsafe Glibc.pread(number, buffer, wanted, off_t(offset + read))
    }
  }

  private func bytes(
    upTo count: Int, _ read: (UnsafeMutableRawPointer?, Int, Int) -> Int
  ) throws(RegistryError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: filled)
        let part = unsafe read(start, count - filled, filled)
        if part < 0, errno == EINTR { continue }
        failure = part < 0 ? errno : 0
        guard part > 0 else { return }
        filled += part
      }
    }
    guard failure == 0 else { throw .system("read", path, failure) }
    return bytes
  }

  /// Asks the disk to take what was written in a range, and does not wait for it.
  ///
  /// Linux begins to write the dirty pages of a range that is said to be needed no more. It makes the
  /// later `sync` short and promises nothing, so that it fails does not matter.
  func beginSync(_ range: Range<Int>) {
    _ = posix_fadvise(
      number, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_DONTNEED)
  }

  /// Waits until the bytes and the size are on the disk.
  func sync() throws(RegistryError) {
    guard fsync(number) == 0 else { throw .lastSystemError("sync", path) }
  }

  func setMode(_ mode: mode_t) throws(RegistryError) {
    guard fchmod(number, mode) == 0 else { throw .lastSystemError("set the mode of", path) }
  }

  func truncate(to size: Int) throws(RegistryError) {
    guard ftruncate(number, off_t(size)) == 0 else { throw .lastSystemError("truncate", path) }
  }
}

extension RegistryError {
  static func lastSystemError(_ operation: String, _ path: String) -> RegistryError {
    system(operation, path, errno)
  }

  static func system(_ operation: String, _ path: String, _ code: Int32) -> RegistryError {
    let reason = unsafe String(cString: strerror(code))
    return .system(operation: operation, path: path, reason: reason)
  }
}
