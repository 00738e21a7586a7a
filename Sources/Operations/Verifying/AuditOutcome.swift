/// One thing an audit or a verification found.
package struct Finding: Hashable, Sendable, Encodable {
  /// The file or the thing it is about, such as `blobs/sha256/…` or `model signature`.
  package let subject: String
  package let message: String
  /// Whether it verifies; a note that is no failure is good as well.
  package let isGood: Bool

  package init(_ subject: String, _ message: String, isGood: Bool) {
    self.subject = subject
    self.message = message
    self.isGood = isGood
  }
}

/// What an audit, or the verification of a version, came to.
package struct AuditOutcome: Sendable, Encodable {
  /// Whether everything verifies.
  package let isVerified: Bool
  /// One sentence: what was checked, or the first thing wrong.
  package let sentence: String
  /// The first failure first, then everything that was found, in the order of the checks.
  package let findings: [Finding]

  init(_ what: String, _ findings: [Finding]) {
    let failures = findings.filter { !$0.isGood }
    isVerified = failures.isEmpty
    sentence =
      failures.first.map { "\($0.subject): \($0.message)" } ?? "\(what) verifies"
    self.findings = failures + findings.filter(\.isGood)
  }
}
