import Glibc

/// A file outside the registry that is written whole or not at all.
enum WholeFile {
  /// Puts bytes in the place of what lies at a path, on the disk and with the mode from the start.
  ///
  /// - Parameters:
  ///   - path: where it will be; its folder must be there.
  ///   - folder: an open folder that the path is relative to.
  ///   - bytes: all of it.
  ///   - mode: as for `open`: what the user's mask forbids is left out.
  /// - Returns: false when the system refused; nothing is left then.
  static func replace(
    _ path: String, under folder: Int32 = AT_FDCWD, with bytes: [UInt8], mode: mode_t
  ) -> Bool {
    let temporary = "\(path).\(getpid()).partial"
    _ = unsafe unlinkat(folder, temporary, 0)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = unsafe openat(folder, temporary, flags, mode)
    guard file >= 0 else { return false }
    let isWritten = write(bytes, to: file) && fsync(file) == 0
    guard close(file) == 0, isWritten, unsafe renameat(folder, temporary, folder, path) == 0 else {
      _ = unsafe unlinkat(folder, temporary, 0)
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

  /// Reads an open file from where it stands; what the system refuses is left out.
  static func read(_ file: Int32, upTo limit: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    var filled = 0
    while filled < limit {
      let count = unsafe bytes[filled...].withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress, $0.count)
      }
      if count > 0 { filled += count } else if count == 0 || errno != EINTR { break }
    }
    return Array(bytes.prefix(filled))
  }
}
