import Glibc

/// An open weight file; closed with the last reference.
///
/// It is read by `pread` and never mapped: a mapped file that somebody cuts short ends the process.
final class OpenWeightFile: Sendable {
  /// As the person named it.
  let path: String
  /// In bytes, when it was opened.
  let count: Int
  private let descriptor: Int32
  private let stamp: Stamp

  /// What changes when somebody writes to the file.
  private struct Stamp: Equatable {
    let size, seconds, nanoseconds: Int

    init?(_ descriptor: Int32) {
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return nil
      }
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  /// Opens a regular file for reading; a pipe or a device is refused, not waited for.
  ///
  /// - Throws: `WeightFileError` naming the path and what is wrong with it.
  init(_ path: String, sizeLimit: Int) throws(WeightFileError) {
    guard !path.utf8.contains(0) else {
      throw WeightFileError("cannot read '\(path)': its name holds a NUL")
    }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw WeightFileError("cannot read '\(path)': no such file, or no permission to read it")
    }
    guard let stamp = Stamp(descriptor) else {
      close(descriptor)
      throw WeightFileError("cannot read '\(path)': it is no regular file")
    }
    guard stamp.size <= sizeLimit else {
      close(descriptor)
      throw WeightFileError(
        "cannot read '\(path)': it has \(stamp.size) bytes; at most \(sizeLimit) are accepted")
    }
    self.path = path
    self.descriptor = descriptor
    self.stamp = stamp
    count = stamp.size
  }

  deinit { close(descriptor) }

  /// Fills the target with the bytes from an offset on; any thread may ask.
  ///
  /// - Throws: `WeightFileError` when there are not so many any more, or the disk fails.
  func read(at offset: Int, into target: inout MutableRawSpan) throws(WeightFileError) {
    var filled = 0
    while filled < target.byteCount {
      let (read, failure) = unsafe target.withUnsafeMutableBytes { buffer in
        let read = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled,
          offset + filled)
        return (read, errno)
      }
      if read < 0, failure == EINTR { continue }
      guard read >= 0 else {
        throw WeightFileError("cannot read '\(path)': the disk failed at byte \(offset + filled)")
      }
      guard read > 0 else {
        throw WeightFileError(
          "'\(path)' became shorter while it was read: it ends at byte \(offset + filled) of "
            + "\(count)")
      }
      filled += read
    }
  }

  /// That nobody has written to the file since it was opened.
  ///
  /// - Throws: `WeightFileError` when somebody has; what was read may be of both.
  func checkUnchanged() throws(WeightFileError) {
    guard Stamp(descriptor) == stamp else {
      throw WeightFileError("'\(path)' was changed while it was read; wait until it is complete")
    }
  }
}
