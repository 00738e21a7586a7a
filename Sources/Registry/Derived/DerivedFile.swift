import Glibc
import Records

/// An open file of derived data, its digest verified when it was opened.
///
/// It can be read to its end although somebody else erases it meanwhile.
package final class DerivedFile: Sendable {
  package let entry: DerivedData
  /// In bytes.
  package let size: Int
  private let file: FileDescriptor

  init(_ entry: DerivedData, at path: String) throws(RegistryError) {
    let name = RegistryLayout.derived(entry.digest)
    guard let status = try FileStatus(of: path), status.isPlainFile else {
      throw .corrupted(file: name, reason: "it is missing, or no plain file")
    }
    file = try FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW, to: "read")
    guard try BlobStore.digest(ofFile: path) == entry.digest else {
      throw .corrupted(file: name, reason: "its bytes are not those of its name")
    }
    self.entry = entry
    size = status.size
  }

  /// Reads `count` bytes from an offset on.
  ///
  /// - Throws: `RegistryError.corrupted` where the file ends before.
  package func read(_ count: Int, at offset: Int) throws(RegistryError) -> [UInt8] {
    let bytes = try file.read(upTo: count, at: offset)
    guard bytes.count == count else {
      throw .corrupted(file: RegistryLayout.derived(entry.digest), reason: "it is too short")
    }
    return bytes
  }
}
