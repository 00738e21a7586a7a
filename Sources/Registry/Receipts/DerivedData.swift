package import Records

/// Bytes that were made from people's records and can be made again, such as features.
///
/// They may be erased: when somebody is to be forgotten, what was made from their records goes, and
/// the log keeps the digest of what went.
package struct DerivedData: Hashable, Sendable {
  /// SHA-256 of the bytes, which is also the file's name.
  package let digest: Digest
  /// What the bytes are a function of, beside the records.
  package let key: Digest
  /// The root of the data set.
  package let root: Digest
  /// The records the bytes were made from, positions in the manifest.
  package let records: RecordSelection
  /// RFC 3339, UTC.
  package let keptAt: String
  package let environment: NumericEnvironment
}

/// Derived data on its way into the registry.
package struct DerivedDraft: Hashable, Sendable {
  package let key: Digest
  package let root: Digest
  package let records: RecordSelection
  package let environment: NumericEnvironment
  package let bytes: [UInt8]

  package init(
    key: Digest, root: Digest, records: RecordSelection, environment: NumericEnvironment,
    bytes: [UInt8]
  ) {
    self.key = key
    self.root = root
    self.records = records
    self.environment = environment
    self.bytes = bytes
  }
}
