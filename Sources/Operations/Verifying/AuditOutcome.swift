/// What an audit, or the verification of a version, came to.
package struct AuditOutcome: Sendable, Encodable {
  /// Whether everything verifies.
  package let isVerified: Bool
  /// One sentence: what was checked, or the first thing wrong.
  package let sentence: String
  /// The first failure first, then everything that was found, in the order of the checks.
  package let findings: [Finding]

  /// What is `verified` is added where everything verifies.
  init(_ what: String, _ findings: [Finding], verified: String? = nil) {
    let failures = findings.filter { !$0.isGood }
    isVerified = failures.isEmpty
    sentence =
      failures.first.map { "\($0.subject): \($0.message)" } ?? "\(what) verifies"
      + (verified.map { ": \($0)" } ?? "")
    self.findings = failures + findings.filter(\.isGood)
  }
}
