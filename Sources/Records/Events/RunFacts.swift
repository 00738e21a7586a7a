/// A forget that begins, under its identity: the same order resumes it.
package struct ForgetBegun: Fact {
  package static let kind = "forget-begun"
  package var roles: [SigningRole] { [.engine] }
  package var entity: String { "run/\(run.hex)" }

  /// The digest of all that determines the run.
  package let run: Digest
  package let number: CaseNumber
  /// The version that is to forget.
  package let parent: Digest
  package let policy: Digest
  /// Everybody whose records are left out, cases by their ordinal in the log.
  package let withheld: RecordSelection

  package init(
    run: Digest, number: CaseNumber, parent: Digest, policy: Digest, withheld: RecordSelection
  ) {
    self.run = run
    self.number = number
    self.parent = parent
    self.policy = policy
    self.withheld = withheld
  }
}

/// What a run's candidate was measured to be.
package struct EvidenceFound: Fact {
  package static let kind = "evidence-found"
  package var roles: [SigningRole] { [.verifier] }
  package var entity: String { "run/\(run.hex)" }

  package let run: Digest
  package let version: Digest
  /// The blob of figures and judgement.
  package let evidence: Digest
  package let policy: Digest
  package let verdict: Verdict

  package init(
    run: Digest, version: Digest, evidence: Digest, policy: Digest, verdict: Verdict
  ) {
    self.run = run
    self.version = version
    self.evidence = evidence
    self.policy = policy
    self.verdict = verdict
  }
}

/// A certificate: the log's word for the envelope of that digest.
package struct CertificateIssued: Fact {
  package static let kind = "certificate-issued"
  package var roles: [SigningRole] { [.engine, .verifier] }
  package var entity: String { "case/\(number)" }

  package let number: CaseNumber
  package let run: Digest
  package let version: Digest
  package let weights: Digest
  /// Of the file with the signed certificate.
  package let envelope: Digest
  package let evidence: Digest
  package let policy: Digest
  package let verdict: Verdict

  package init(
    number: CaseNumber, run: Digest, version: Digest, weights: Digest, envelope: Digest,
    evidence: Digest, policy: Digest, verdict: Verdict
  ) {
    self.number = number
    self.run = run
    self.version = version
    self.weights = weights
    self.envelope = envelope
    self.evidence = evidence
    self.policy = policy
    self.verdict = verdict
  }
}

/// The papers of a certificate as they were written: sealed, as they name the person.
package struct ReportMade: Fact {
  package static let kind = "report-made"
  package var roles: [SigningRole] { [.engine] }
  package var entity: String { "report/\(certificate.hex)" }

  package let certificate: Digest
  /// The commitments of the sealed texts, by file name.
  package let papers: [String: Digest]

  package init(certificate: Digest, papers: [String: Digest]) {
    self.certificate = certificate
    self.papers = papers
  }
}
