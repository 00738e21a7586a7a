import Glibc
package import Records
import Signing

/// Bytes under their SHA-256, written once, mode 0444, never changed.
package struct BlobStore: Sendable {
  let layout: RegistryLayout

  private var staging: String { layout.path(RegistryLayout.staging) }

  /// Where a blob lies; nothing is checked.
  package func path(of digest: Digest) -> String { layout.path(RegistryLayout.blob(digest)) }

  package func contains(_ digest: Digest) throws(RegistryError) -> Bool {
    try FileStatus(of: path(of: digest)) != nil
  }

  /// The size of a blob in bytes.
  ///
  /// - Throws: `RegistryError.corrupted` when it is missing.
  package func size(of digest: Digest) throws(RegistryError) -> Int {
    try status(of: digest).size
  }

  /// Opens a temporary file for bytes that come in parts.
  package func stage() throws(RegistryError) -> StagedFile { try StagedFile(in: staging) }

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
    if try !DurableFiles.publish(staged, as: path(of: digest)) { try verify(digest) }
    return digest
  }

  /// Reads a blob whole and recomputes its digest.
  ///
  /// - Throws: `RegistryError.corrupted` naming the file when it is missing or has other bytes.
  package func read(_ digest: Digest) throws(RegistryError) -> [UInt8] {
    _ = try status(of: digest)
    let bytes = try DurableFiles.read(path(of: digest))
    guard SHA256.digest(of: bytes) == digest else { throw changed(digest) }
    return bytes
  }

  /// Recomputes the digest of a blob without holding it in memory.
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
      try DurableFiles.remove(path)
      throw changed(digest)
    }
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
