import Glibc
package import Records

extension SHA256 {
  /// The digest of a regular file, read as a stream in constant memory.
  ///
  /// A symbolic link in the last component of the path is not followed.
  ///
  /// - Throws: `SigningError.file` for a link, a fifo, a directory, or what cannot be read.
  package static func digest(ofFile path: String) throws(SigningError) -> Digest {
    try digest(of: try FileDescriptor(path))
  }

  static func digest(of file: borrowing FileDescriptor) throws(SigningError) -> Digest {
    guard try file.kind() == S_IFREG else { throw .file(.notRegularFile(path: file.path)) }
    var hasher = SHA256Hasher()
    try file.read { hasher.update($0) }
    return hasher.finalize()
  }
}
