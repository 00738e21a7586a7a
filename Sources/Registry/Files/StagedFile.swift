import Glibc

/// A temporary file below `staging/`; its name vanishes with it, what was published stays.
package struct StagedFile: ~Copyable {
  let path: String
  private let file: FileDescriptor

  init(in folder: String) throws(RegistryError) {
    let path = try Self.vacantPath(in: folder)
    file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    self.path = path
  }

  /// The lock allows one writer, so a name that is vacant stays so.
  private static func vacantPath(in folder: String) throws(RegistryError) -> String {
    var number = 0
    while try FileStatus(of: "\(folder)/\(number)") != nil { number += 1 }
    return "\(folder)/\(number)"
  }

  deinit { _ = unsafe unlink(path) }

  /// Appends bytes.
  package func write(_ bytes: [UInt8]) throws(RegistryError) { try file.write(bytes) }

  /// Appends a file, a megabyte at a time.
  package func write(contentsOf path: String) throws(RegistryError) {
    try file.write(contentsOf: path)
  }

  /// Sets the mode and waits for the disk.
  func finish(mode: UInt32) throws(RegistryError) {
    try file.setMode(mode_t(mode))
    try file.sync()
  }
}
