import Glibc
import Records
import Signing

/// An open file of derived data, its receipt and its digest verified when it was opened.
///
/// It can be read to its end although somebody else erases it meanwhile.
package final class DerivedFile: Sendable {
  package let entry: DerivedData
  /// Of the bytes behind the receipt.
  package let size: Int
  private let start: Int
  private let file: FileDescriptor

  /// - Throws: `RegistryError.corrupted` when a byte is not as this registry wrote it.
  init(named digest: Digest, in layout: RegistryLayout, key: PublicKey?) throws(RegistryError) {
    let name = RegistryLayout.features(digest)
    let file = try Self.file(named: name, in: layout)
    let receipted = try ReceiptedFile(of: file, named: name, key: key)
    try receipted.check(file, named: name)
    size = try receipted.size(of: file, named: name)
    start = receipted.start
    entry = try Self.entry(receipted.receipt, digest, name)
    self.file = file
  }

  /// Reads the receipt alone; of the bytes nothing is said.
  static func entry(
    named digest: Digest, in layout: RegistryLayout, key: PublicKey?
  ) throws(RegistryError) -> DerivedData {
    let name = RegistryLayout.features(digest)
    let receipted = try ReceiptedFile(of: file(named: name, in: layout), named: name, key: key)
    return try entry(receipted.receipt, digest, name)
  }

  private static func file(
    named name: String, in layout: RegistryLayout
  ) throws(RegistryError) -> FileDescriptor {
    let path = layout.path(name)
    guard let status = try FileStatus(of: path), status.isPlainFile else {
      throw .corrupted(file: name, reason: "it is missing, or no plain file")
    }
    return try FileDescriptor(reading: path)
  }

  /// What the receipt of features says, if it is that of the file of that name.
  static func entry(
    _ receipt: Receipt, _ digest: Digest, _ name: String
  ) throws(RegistryError) -> DerivedData {
    guard receipt.kind == .features, receipt.bytes == digest,
      let records = receipt.recordsByRoot?.first, receipt.records.count == 1
    else { throw .corrupted(file: name, reason: "its receipt is of something else") }
    return DerivedData(
      digest: digest, key: receipt.key, root: records.key, records: records.value,
      keptAt: receipt.keptAt, environment: receipt.environment)
  }

  /// Reads `count` bytes from an offset on.
  ///
  /// - Throws: `RegistryError.corrupted` where the file ends before.
  package func read(_ count: Int, at offset: Int) throws(RegistryError) -> [UInt8] {
    let bytes = try file.read(upTo: count, at: start + offset)
    guard bytes.count == count else {
      throw .corrupted(file: RegistryLayout.features(entry.digest), reason: "it is too short")
    }
    return bytes
  }
}
