package import Records

/// A version on the way from a first version to the one that is asked about.
package struct LineageStep: Hashable, Sendable {
  package let lineage: Lineage
  /// What was certified of it, in the order of the log.
  package let certificates: [Assurance]

  package init(lineage: Lineage, certificates: [Assurance]) {
    self.lineage = lineage
    self.certificates = certificates
  }

  /// A verdict and the records it is about.
  package struct Assurance: Hashable, Sendable {
    package let verdict: Verdict
    package let covered: [Digest: RecordSelection]

    package init(verdict: Verdict, covered: [Digest: RecordSelection]) {
      self.verdict = verdict
      self.covered = covered
    }
  }
}
