import Glibc
import Records
import Signing

/// A temporary file below `staging/`; its name vanishes with it, what was published stays.
///
/// What is written is hashed on its way, so that a file of any size is read by nobody again.
package struct StagedFile: ~Copyable {
  /// From this size on the disk begins with a piece at once, so that it need not wait for the end.
  private static let largePiece = 1 << 20

  let path: String
  private let file: FileDescriptor
  private var hasher: SHA256Hasher? = SHA256Hasher()
  private var size = 0

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
  package mutating func write(_ bytes: [UInt8]) throws(RegistryError) {
    try unsafe write(bytes.span.bytes)
  }

  /// Appends bytes.
  package mutating func write(_ bytes: RawSpan) throws(RegistryError) {
    hasher?.update(bytes)
    try file.write(bytes)
    let end = size + bytes.byteCount
    if bytes.byteCount >= Self.largePiece { file.beginSync(size..<end) }
    size = end
  }

  /// Appends a file, a megabyte at a time.
  package mutating func write(contentsOf path: String) throws(RegistryError) {
    let source = try FileDescriptor(opening: path, O_RDONLY, to: "read")
    while true {
      let part = try source.read(upTo: 1 << 20)
      if part.isEmpty { return }
      try write(part)
    }
  }

  /// Sets the mode and waits for the disk; nothing is written from here on.
  ///
  /// - Returns: the digest of what was written.
  @discardableResult
  mutating func finish(mode: UInt32) throws(RegistryError) -> Digest {
    try file.setMode(mode_t(mode))
    try file.sync()
    guard let hasher = hasher.take() else { preconditionFailure("'\(path)' is finished twice") }
    return hasher.finalize()
  }
}
