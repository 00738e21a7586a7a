import Glibc

/// An open regular file, read from front to back; closed with the last reference.
@safe final class OpenFile: Sendable {
  let path: String
  /// How many bytes it had when it was opened.
  let size: Int
  private let descriptor: Int32

  /// Opens a regular file for reading; a pipe or a device is refused, not waited for.
  ///
  /// - Throws: `DatasetError.unreadable`.
  init(_ path: String) throws(DatasetError) {
    guard !path.utf8.contains(0) else {
      throw .unreadable(file: path, reason: "its name holds a NUL")
    }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .unreadable(file: path, reason: "no such file, or no permission to read it")
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(file: path, reason: "it is no regular file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The next bytes, at most `limit`; none at the end of the file.
  func next(_ limit: Int) throws(DatasetError) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
        let count = unsafe read(descriptor, buffer.baseAddress, limit)
        failure = count < 0 ? errno : 0
        filled = max(0, count)
      }
      if failure == 0 { return bytes }
      guard failure == EINTR else { throw .unreadable(file: path, reason: "reading it fails") }
    }
  }
}
