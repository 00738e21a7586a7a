import Glibc
import Records
import Signing

/// A temporary file of a writer; its name vanishes with it, what was published stays.
///
/// What is written is hashed on its way, so that a file of any size is read by nobody again.
package struct StagedFile: ~Copyable {
  /// From this size on the disk begins with a piece at once, so that it need not wait for the end.
  private static let largePiece = 1 << 20

  /// In the folder of its writer.
  let name: String
  let area: StagingArea
  private let file: FileDescriptor
  private var hasher: SHA256Hasher? = SHA256Hasher()
  /// How many bytes were written.
  private(set) var size = 0

  init(_ name: String, in area: StagingArea) throws(RegistryError) {
    file = try FileDescriptor(
      opening: name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600,
      under: area.folder.number, as: "\(area.folder.path)/\(name)")
    self.name = name
    self.area = area
  }

  deinit { _ = unsafe unlinkat(area.folder.number, name, 0) }

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
    let source = try FileDescriptor(reading: path)
    while true {
      let part = try source.read(upTo: 1 << 20)
      if part.isEmpty { return }
      try write(part)
    }
  }

  /// Reads back what was written.
  func readBack() throws(RegistryError) -> [UInt8] { try file.read(upTo: size, at: 0) }

  /// Sets the mode and waits for the disk; nothing is written from here on.
  ///
  /// - Returns: the digest of what was written.
  @discardableResult
  mutating func finish(
    mode: UInt32, isDurable: Bool = true
  ) throws(RegistryError) -> Digest {
    try file.setMode(mode_t(mode))
    if isDurable { try file.sync() }
    guard let hasher = hasher.take() else { preconditionFailure("'\(name)' is finished twice") }
    return hasher.finalize()
  }
}
