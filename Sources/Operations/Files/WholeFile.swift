import Glibc

/// A file outside the registry that is written whole or not at all.
enum WholeFile {
  /// Puts bytes in the place of what lies at a path, on the disk and with the mode from the start.
  ///
  /// - Parameters:
  ///   - path: where it will be; its folder must be there.
  ///   - bytes: all of it.
  ///   - mode: as for `open`: what the user's mask forbids is left out.
  /// - Returns: false when the system refused; nothing is left then.
  static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) -> Bool {
    let temporary = "\(path).\(getpid()).partial"
    _ = unsafe unlink(temporary)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = unsafe open(temporary, flags, mode)
    guard file >= 0 else { return false }
    let isWritten = write(bytes, to: file) && fsync(file) == 0
    guard close(file) == 0, isWritten, unsafe rename(temporary, path) == 0 else {
      _ = unsafe unlink(temporary)
      return false
    }
    return true
  }

  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
      }
      if count > 0 { written += count } else if errno != EINTR { return false }
    }
    return true
  }

  /// The permissions of what lies at a path, links not followed; nil when nothing does.
  static func mode(of path: String) -> mode_t? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    return status.st_mode & 0o7777
  }
}
