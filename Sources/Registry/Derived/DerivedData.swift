package import Records

/// Bytes that were made from people's records and can be made again, such as features.
///
/// Unlike a blob they may be erased: when somebody is to be forgotten, what was made from their
/// records goes, and the log keeps the digest of the file that went.
package struct DerivedData: Hashable, Sendable {
  /// SHA-256 of the file, which is also its name.
  package let digest: Digest
  /// What the bytes are a function of, beside the records.
  package let key: Digest
  package let manifest: Digest
  /// The records the bytes were made from, positions in the manifest.
  package let records: RecordSelection
  /// RFC 3339, UTC.
  package let keptAt: String
}

/// Derived data on its way into the registry.
package struct DerivedDraft: Hashable, Sendable {
  package let key: Digest
  package let manifest: Digest
  package let records: RecordSelection
  package let bytes: [UInt8]

  package init(key: Digest, manifest: Digest, records: RecordSelection, bytes: [UInt8]) {
    self.key = key
    self.manifest = manifest
    self.records = records
    self.bytes = bytes
  }
}
