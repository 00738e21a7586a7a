import Registry

/// One thing an audit or a verification found.
package struct Finding: Hashable, Sendable, Encodable {
  /// The file or the thing it is about, such as `blobs/sha256/…` or `model signature`.
  package let subject: String
  package let message: String
  /// Whether it verifies; a note that is no failure is good as well.
  package let isGood: Bool
  /// Whether it says what was not checked, or is worth knowing, and not that anything verifies.
  package let isNote: Bool

  /// What the registry's own audit found.
  init(_ finding: AuditFinding) {
    let isNote = finding.severity == .note
    self.init(finding.file, finding.problem, isGood: isNote, isNote: isNote)
  }

  /// Something worth knowing that is no failure.
  package static func note(_ subject: String, _ message: String) -> Finding {
    Finding(subject, message, isGood: true, isNote: true)
  }

  package init(_ subject: String, _ message: String, isGood: Bool) {
    self.init(subject, message, isGood: isGood, isNote: false)
  }

  private init(_ subject: String, _ message: String, isGood: Bool, isNote: Bool) {
    self.subject = subject
    self.message = message
    self.isGood = isGood
    self.isNote = isNote
  }
}
