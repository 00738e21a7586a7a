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
  /// - Throws: what the system refused; nothing is left then.
  static func replace(
    _ path: String, under folder: Int32 = AT_FDCWD, with bytes: [UInt8], mode: mode_t
  ) throws(SystemRefusal) {
    let temporary = "\(path).\(getpid()).partial"
    _ = unsafe unlinkat(folder, temporary, 0)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = unsafe openat(folder, temporary, flags, mode)
    guard file >= 0 else { throw .last }
    do throws(SystemRefusal) {
      try fill(file, with: bytes)
      guard unsafe renameat(folder, temporary, folder, path) == 0 else { throw .last }
    } catch {
      _ = unsafe unlinkat(folder, temporary, 0)
      throw error
    }
  }

  /// Writes, syncs and closes an open file.
  private static func fill(_ file: Int32, with bytes: [UInt8]) throws(SystemRefusal) {
    do throws(SystemRefusal) {
      try write(bytes, to: file)
      guard fsync(file) == 0 else { throw .last }
    } catch {
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw .last }
  }

  private static func write(_ bytes: [UInt8], to file: Int32) throws(SystemRefusal) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
      }
      if count >= 0 { written += count } else if errno != EINTR { throw .last }
    }
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
