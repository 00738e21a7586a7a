package import Records

/// A file that was made from people's records and is no version.
package struct DerivedSummary: Hashable, Sendable, Encodable {
  package enum Kind: String, Sendable, Encodable {
    /// What an extractor makes of records, for the next command that asks.
    case features
    /// What a training that was broken off had come to.
    case training
  }

  package let kind: Kind
  /// Of what the file is a part: the features of one extractor, or one training.
  package let key: Digest
  /// Names the file: its own digest, or again all that determines the training.
  package let digest: Digest
  /// The data sets its records are of; nil for a file that does not verify.
  package let datasets: [String]?
  package let records: Int?
  /// RFC 3339, UTC; nil for a training, which says no time.
  package let keptAt: String?
  /// Nil where the file is missing.
  package let byteCount: Int?
}
