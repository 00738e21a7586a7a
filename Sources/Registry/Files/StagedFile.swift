import Glibc

/// A temporary file below `staging/`; its name vanishes with it, what was published stays.
package struct StagedFile: ~Copyable {
  let path: String
  private let file: FileDescriptor

  init(in folder: String) throws(RegistryError) {
    // The lock allows one writer; the process number keeps two registries' tests apart.
    var attempt = 0
    while true {
      let path = "\(folder)/\(getpid())-\(attempt)"
      if try FileStatus(of: path) == nil {
        self.path = path
        file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
        return
      }
      attempt += 1
    }
  }

  deinit { _ = unsafe unlink(path) }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) throws(RegistryError) { try file.write(bytes) }

  /// Appends a file, a megabyte at a time.
  package func write(contentsOf path: String) throws(RegistryError) {
    let source = try FileDescriptor(opening: path, O_RDONLY, to: "read")
    while true {
      let part = try source.read(upTo: 1 << 20)
      if part.isEmpty { return }
      try file.write(part)
    }
  }

  /// Sets the mode and waits for the disk.
  func finish(mode: UInt32) throws(RegistryError) {
    try file.setMode(mode_t(mode))
    try file.sync()
  }
}
