package import Records

/// What a report says beside its certificate: the officer's words, and what happened around it.
///
/// None of it is signed; the report marks it as coming from the registry.
package struct ReportContext: Hashable, Sendable {
  /// The subject as the request writes it, such as `pid=1`; the certificate holds a commitment only.
  package let subject: String
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

  package init(
    subject: String, lineage: [LineageStep] = [], aliases: [AliasOutcome] = [],
    earlierCertificates: [EarlierCertificate] = [], owed: [Obligation] = [],
    files: AuditorFiles, certificateDigest: Digest? = nil, logIndex: Int? = nil
  ) {
    self.subject = subject
    self.lineage = lineage
    self.aliases = aliases
    self.earlierCertificates = earlierCertificates
    self.owed = owed
    self.files = files
    self.certificateDigest = certificateDigest
    self.logIndex = logIndex
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

/// The names an auditor types, relative to the folder of the report.
package struct AuditorFiles: Hashable, Sendable {
  /// The signer's public key, PEM.
  package let publicKey: String
  /// The DSSE envelope, one line of JSON.
  package let certificate: String
  /// Where the version is exported to.
  package let modelDirectory: String
  /// The weights in that folder.
  package let weights: String
  /// The model signature in that folder.
  package let modelSignature: String
  /// How this program is called.
  package let program: String
  /// The registry's folder, when it must be given; nil where the program finds it by itself.
  package let registry: String?

  package init(
    publicKey: String, certificate: String = "certificate.intoto.jsonl", modelDirectory: String,
    weights: String = "model.safetensors", modelSignature: String = "model.sig",
    program: String = "imu-registry", registry: String? = nil
  ) {
    self.publicKey = publicKey
    self.certificate = certificate
    self.modelDirectory = modelDirectory
    self.weights = weights
    self.modelSignature = modelSignature
    self.program = program
    self.registry = registry
  }
}
