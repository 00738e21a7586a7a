package import Records

/// One line of the log: a kind, a digest and a time, chained to the line before.
package struct LogEntry: Hashable, Sendable, Codable {
  package let index: Int
  /// SHA-256 of the previous line without its line feed; of nothing for the first line.
  package let previous: Digest
  /// What the digest is of, such as `version`; never about a person.
  package let kind: String
  package let digest: Digest
  /// RFC 3339, UTC.
  package let recordedAt: String

  /// The canonical text, without the line feed.
  var line: [UInt8] { CanonicalText.encode(self) }
}
