import Glibc

/// An open file or directory, closed when its owner lets go of it.
struct FileDescriptor: ~Copyable {
  let number: Int32
  /// The name it was opened by, for messages.
  let path: String

  /// Opens without following a link in the last component of the path.
  ///
  /// - Throws: `FileFlaw` as `SigningError.file`, telling a link from what cannot be opened.
  init(
    _ path: String, under directory: Int32 = AT_FDCWD, as shown: String? = nil,
    flags: Int32 = 0
  ) throws(SigningError) {
    let shown = shown ?? path
    // O_NONBLOCK: a fifo must not hold the program up before it is seen to be one.
    let number = unsafe openat(
      directory, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | flags)
    guard number >= 0 else {
      switch errno {
      case ELOOP: throw .file(.symbolicLink(path: shown))
      case ENOTDIR: throw .file(.notDirectory(path: shown))
      case ENXIO: throw .file(.notRegularFile(path: shown))
      case let code: throw .file(.cannotOpen(path: shown, errno: code))
      }
    }
    self.number = number
    self.path = shown
  }

  deinit { close(number) }

  /// What kind of file this is: the `S_IFMT` bits.
  func kind() throws(SigningError) -> mode_t {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else {
      throw .file(.cannotRead(path: path, errno: errno))
    }
    return status.st_mode & S_IFMT
  }

  /// Hands the file over in pieces, in constant memory.
  func read(each body: (RawSpan) -> Void) throws(SigningError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = unsafe Glibc.read(number, &buffer, buffer.count)
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw .file(.cannotRead(path: path, errno: errno))
      }
      guard count > 0 else { return }
      unsafe body(buffer.span.bytes.extracting(first: count))
    }
  }
}
