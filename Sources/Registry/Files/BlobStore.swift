import Glibc
package import Records
import Signing

/// Bytes under their SHA-256, written once, mode 0444, never changed.
package final class BlobStore {
  /// The most bytes that a blob has which is no model's weights.
  package static let documentLimit = 1 << 30

  let layout: RegistryLayout
  private var area: StagingArea?
  /// Done before this writer writes its first file.
  var prepare: () throws(RegistryError) -> Void = {}

  init(layout: RegistryLayout) { self.layout = layout }

  /// This writer's own folder, made when it is first wanted.
  var staging: StagingArea {
    get throws(RegistryError) {
      if let area { return area }
      try prepare()
      let made = try StagingArea(in: layout)
      area = made
      return made
    }
  }

  /// The folder that tells of what this writer published and the log does not name; nil when nothing is.
  var owing: StagingArea? { area?.isOwing == true ? area : nil }

  /// The log may name what was published, from the moment that it is written to.
  func commit() { area?.commit() }

  /// What was published is named by the log now.
  func settle() { area?.settle() }

  /// What was published will not be named.
  func abandon() { area?.abandon() }

  /// Where a blob lies; nothing is checked.
  package func path(of digest: Digest) -> String { layout.path(RegistryLayout.blob(digest)) }

  package func contains(_ digest: Digest) throws(RegistryError) -> Bool {
    try FileStatus(of: path(of: digest))?.isPlainFile == true
  }

  /// The size of a blob in bytes.
  ///
  /// - Throws: `RegistryError.corrupted` when it is missing.
  package func size(of digest: Digest) throws(RegistryError) -> Int {
    try status(of: digest).size
  }

  /// Opens a temporary file for bytes that come in parts.
  package func stage() throws(RegistryError) -> StagedFile { try staging.open() }

  /// Stores bytes.
  package func put(_ bytes: [UInt8]) throws(RegistryError) -> Digest {
    var staged = try stage()
    try staged.write(bytes)
    return try commit(staged)
  }

  /// Stores a file, a megabyte at a time.
  package func put(file path: String) throws(RegistryError) -> Digest {
    var staged = try stage()
    try staged.write(contentsOf: path)
    return try commit(staged)
  }

  /// Syncs a staged file and gives it its name, the digest of what was written.
  ///
  /// - Throws: `RegistryError.corrupted` when a blob of that name is there with other bytes.
  package func commit(_ staged: consuming StagedFile) throws(RegistryError) -> Digest {
    let digest = try staged.finish(mode: 0o444)
    if try !staging.publish(staged, as: RegistryLayout.blob(digest)) {
      guard try status(of: digest).size == staged.size else { throw changed(digest) }
      try verify(digest)
    }
    return digest
  }

  /// Reads a blob whole and recomputes its digest.
  ///
  /// - Throws: `RegistryError.corrupted` naming the file when it is missing or has other bytes, or more
  ///   than `limit`, which is before any of them is read.
  package func read(
    _ digest: Digest, limit: Int = documentLimit
  ) throws(RegistryError) -> [UInt8] {
    let size = try status(of: digest).size
    guard size <= limit else { throw .tooLong(RegistryLayout.blob(digest), size, limit) }
    let bytes = try DurableFiles.read(path(of: digest), limit: limit)
    guard SHA256.digest(of: bytes) == digest else { throw changed(digest) }
    return bytes
  }

  /// Recomputes the digest of a blob without holding it in memory.
  ///
  /// Of how many bytes there may be the caller knows: of weights and configurations the manifest says.
  package func verify(_ digest: Digest) throws(RegistryError) {
    _ = try status(of: digest)
    guard try Self.digest(ofFile: path(of: digest)) == digest else { throw changed(digest) }
  }

  /// Copies a blob to a new file outside the registry, and checks the copy.
  package func copy(_ digest: Digest, to path: String) throws(RegistryError) {
    _ = try status(of: digest)
    try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644, to: "make")
      .write(contentsOf: self.path(of: digest))
    guard try Self.digest(ofFile: path) == digest else {
      _ = unsafe unlink(path)
      throw changed(digest)
    }
  }

  /// Hashes a file of a known size from an offset on, a megabyte at a time; throwing from `between`
  /// stops it.
  ///
  /// A file that is longer than it was gives the digest of its beginning and a byte more, which is
  /// nobody's.
  static func digest(
    ofFile path: String, from start: Int = 0, upTo size: Int, _ between: () throws -> Void
  ) throws -> Digest {
    let file = try FileDescriptor(reading: path)
    var hasher = SHA256Hasher()
    var offset = start
    while offset <= size {
      let part = try file.read(upTo: min(size + 1 - offset, 1 << 20), at: offset)
      if part.isEmpty { break }
      hasher.update(part)
      offset += part.count
      try between()
    }
    return hasher.finalize()
  }

  static func digest(ofFile path: String) throws(RegistryError) -> Digest {
    do throws(SigningError) {
      return try SHA256.digest(ofFile: path)
    } catch {
      throw .system(operation: "hash", path: path, reason: "\(error)")
    }
  }

  /// What lies under the digest's name, which must be a file.
  private func status(of digest: Digest) throws(RegistryError) -> FileStatus {
    guard let status = try FileStatus(of: path(of: digest)) else { throw missing(digest) }
    guard status.isPlainFile else {
      throw .corrupted(file: RegistryLayout.blob(digest), reason: "it is no plain file")
    }
    return status
  }

  private func missing(_ digest: Digest) -> RegistryError {
    .corrupted(file: RegistryLayout.blob(digest), reason: "it is missing")
  }

  private func changed(_ digest: Digest) -> RegistryError {
    .corrupted(file: RegistryLayout.blob(digest), reason: "its bytes are not those of its name")
  }
}
