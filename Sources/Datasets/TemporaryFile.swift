import Glibc

/// A file without a name, for decoded records that are not to fill the memory.
///
/// It lies in the folder `TMPDIR` names, else in `/var/tmp`, which unlike `/tmp` is on a disk
/// everywhere. Nobody else can open it, and the kernel frees it when the process ends, however.
@safe final class TemporaryFile: Sendable {
  private let descriptor: Int32
  private let folder: String

  /// - Throws: `DatasetError.unreadable` naming the folder in which no file can be made.
  init() throws(DatasetError) {
    folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/var/tmp"
    var template = Array("\(folder)/imu-registry-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else {
      throw .unreadable(
        file: folder, reason: "no temporary file can be made in it; set TMPDIR to another folder")
    }
    unsafe unlink(&template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Writes all bytes at an offset.
  ///
  /// - Throws: `DatasetError.unreadable` naming the folder, which is most likely full.
  func write(_ bytes: [UInt8], at offset: Int) throws(DatasetError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress, $0.count, offset + written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .unreadable(
          file: folder,
          reason: "it has no room for \(offset + bytes.count) bytes of decoded records; "
            + "set TMPDIR to another folder")
      }
      written += count
    }
  }

  /// The bytes of a range that was written; any thread may ask.
  ///
  /// - Throws: `DatasetError.unreadable` when the disk fails.
  func read(_ range: Range<Int>) throws(DatasetError) -> [UInt8] {
    var isWhole = true
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      while filled < range.count {
        let count = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + filled }, range.count - filled,
          range.lowerBound + filled)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          isWhole = false
          return
        }
        filled += count
      }
    }
    guard isWhole else { throw .unreadable(file: folder, reason: "reading decoded records fails") }
    return bytes
  }
}
