/// Something that is not as it was written.
package struct AuditFinding: Hashable, Sendable, CustomStringConvertible {
  package enum Severity: String, Hashable, Sendable {
    /// It does not verify.
    case failure
    /// Worth knowing, such as a report that was filed elsewhere.
    case note
  }

  /// Relative to the registry's directory, or absolute.
  package let file: String
  package let problem: String
  package let severity: Severity

  package init(file: String, problem: String, severity: Severity = .failure) {
    self.file = file
    self.problem = problem
    self.severity = severity
  }

  package var description: String { "'\(file)' \(problem)" }
}

/// How far an audit has come.
package struct AuditProgress: Hashable, Sendable {
  package let file: String
  package let checkedFiles: Int
  package let totalFiles: Int
}
