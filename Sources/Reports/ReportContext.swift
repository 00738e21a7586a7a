package import Records

/// What a report says beside its certificate: the officer's words, and what happened around it.
///
/// None of it is signed; the report marks it as coming from the registry.
package struct ReportContext: Hashable, Sendable {
  /// The id that people chose for the request; nil where the sealed part cannot be read.
  package let requestID: String?
  /// Who decided on the request; nil when nobody did, or where the sealed part cannot be read.
  package let approvedBy: String?
  /// The subject as the request writes it, such as `pid=1`; nil where it is sealed or erased.
  package let subject: String?
  /// The versions from the first ancestor to the new version, in order.
  package let lineage: [LineageStep]
  package let aliases: [AliasOutcome]
  /// Certificates issued before for the same request, oldest first.
  package let earlierCertificates: [EarlierCertificate]
  /// What is still to be done and by when; empty when nothing is owed.
  package let owed: [Obligation]
  package let files: AuditorFiles
  /// SHA-256 of the certificate file's bytes; nil before it is written.
  package let certificateDigest: Digest?
  /// The certificate's place in the registry's log; nil before it is appended.
  package let logIndex: Int?
  /// Size and root of the log when this was written, `SIZE:ROOT`; nil where there is no log yet.
  package let logHead: String?

  package init(
    requestID: String?, approvedBy: String?, subject: String?, lineage: [LineageStep] = [],
    aliases: [AliasOutcome] = [], earlierCertificates: [EarlierCertificate] = [],
    owed: [Obligation] = [], files: AuditorFiles, certificateDigest: Digest? = nil,
    logIndex: Int? = nil, logHead: String? = nil
  ) {
    self.requestID = requestID
    self.approvedBy = approvedBy
    self.subject = subject
    self.lineage = lineage
    self.aliases = aliases
    self.earlierCertificates = earlierCertificates
    self.owed = owed
    self.files = files
    self.certificateDigest = certificateDigest
    self.logIndex = logIndex
    self.logHead = logHead
  }
}

/// One version on the way to the new one.
package struct LineageStep: Hashable, Sendable {
  /// Such as `v3`.
  package let name: String
  /// How it came about in a few words, such as `trained on 135 records`; nil when not worth saying.
  package let note: String?
  /// What it holds of the person, when it is known.
  package let exposure: Exposure?

  package init(name: String, note: String? = nil, exposure: Exposure? = nil) {
    self.name = name
    self.note = note
    self.exposure = exposure
  }
}

/// What became of an alias: moved, or left where it was, and why.
package struct AliasOutcome: Hashable, Sendable {
  package let name: String
  /// The version it pointed to; nil when it is new.
  package let from: String?
  /// The version it points to now; equal to `from` when it was not moved.
  package let to: String?
  /// Why it was moved or not, in a few words.
  package let reason: String

  package init(name: String, from: String?, to: String?, reason: String) {
    self.name = name
    self.from = from
    self.to = to
    self.reason = reason
  }

  package var isMoved: Bool { from != to }
}

/// A certificate issued before for the same request.
package struct EarlierCertificate: Hashable, Sendable {
  /// RFC 3339, UTC.
  package let issuedAt: String
  /// The version it was issued for, such as `v4`.
  package let version: String
  package let verdict: Verdict
  package let digest: Digest

  package init(issuedAt: String, version: String, verdict: Verdict, digest: Digest) {
    self.issuedAt = issuedAt
    self.version = version
    self.verdict = verdict
    self.digest = digest
  }
}

/// Something that is still to be done.
package struct Obligation: Hashable, Sendable {
  /// A noun that fits before «is owed by», such as `retraining without the person`.
  package let task: String
  package let by: CalendarDate

  package init(task: String, by: CalendarDate) {
    self.task = task
    self.by = by
  }
}
