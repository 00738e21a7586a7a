import Registry

/// One thing an audit or a verification found.
package struct Finding: Hashable, Sendable, Encodable {
  /// The file or the thing it is about, such as `blobs/sha256/…` or `model signature`.
  package let subject: String
  package let message: String
  /// Whether it verifies; a note that is no failure is good as well.
  package let isGood: Bool

  /// What the registry's own audit found.
  init(_ finding: AuditFinding) {
    self.init(finding.file, finding.problem, isGood: finding.severity == .note)
  }

  package init(_ subject: String, _ message: String, isGood: Bool) {
    self.subject = subject
    self.message = message
    self.isGood = isGood
  }
}
