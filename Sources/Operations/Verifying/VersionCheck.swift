import NeuralNetworks
import Records
import Registry
import Signing

/// What can be verified of one version from its stored bytes.
struct VersionCheck {
  let version: VersionEntry
  let store: RegistryStore
  /// Blobs that were hashed a moment ago, and need not be again.
  let hashed: Set<Digest>

  init(_ version: VersionEntry, in store: RegistryStore, hashed: Set<Digest> = []) {
    self.version = version
    self.store = store
    self.hashed = hashed
  }

  func findings() throws -> [Finding] {
    var findings = [
      attempt("files") { try files() }, attempt("model signature") { try signature() },
    ]
    findings.append(try inLog("version", version.digest))
    for certificate in try store.certificates(of: version.digest) {
      findings.append(attempt("certificate for \(certificate.request)") { try check(certificate) })
      findings.append(try inLog("certificate", certificate.envelope))
    }
    return findings
  }

  /// The version's attestations and reports against what was recorded of them.
  func artifacts() throws -> [Finding] {
    try store.artifacts(of: version.digest).map { artifact in
      let path = store.layout.path(artifact.path)
      // A report may be filed elsewhere; an attestation may not.
      if artifact.kind == .report, !ReportFiles.exists(path) {
        return Finding(artifact.path, "is not where it was written", isGood: true)
      }
      guard ReportFiles.digest(of: path) == artifact.digest else {
        return Finding(
          artifact.path, "does not verify: its bytes are not those that were recorded",
          isGood: false)
      }
      return Finding(artifact.path, "is as it was recorded", isGood: true)
    }
  }

  private func attempt(_ subject: String, _ check: () throws -> String) -> Finding {
    do {
      return Finding("\(version.lineage.name), \(subject)", try check(), isGood: true)
    } catch {
      return Finding("\(version.lineage.name), \(subject)", "\(error)", isGood: false)
    }
  }

  /// Recomputes the digests of weights and configuration, and holds the one against the other.
  private func files() throws -> String {
    if hashed.contains(version.weights) {
      _ = try store.storedNetwork(of: version)
    } else {
      _ = try store.verifiedNetwork(of: version)
    }
    return "weights and configuration are what version \(version.digest.short) says"
  }

  private func signature() throws -> String {
    guard let bundle = try store.modelSignature(of: version) else {
      // What a crash left unsigned is signed by the next command that writes.
      return "not signed yet: its making was interrupted"
    }
    let key = try store.verificationKey()
    _ = try ModelSignature.verify(
      bundle: bundle, files: version.modelFiles, trusted: [key], subject: version.name,
      mustBeCanonical: true)
    return "signed with key \(key.hint.prefix(16))"
  }

  private func inLog(_ kind: String, _ digest: Digest) throws -> Finding {
    let entries = try store.logEntries()
    let entry = entries.first { $0.kind == kind && $0.digest == digest }
    return Finding(
      "\(version.lineage.name), log",
      entry.map { "\(kind) is entry \($0.index)" } ?? "\(kind) is missing",
      isGood: entry != nil)
  }

  /// Whether a certificate is signed, and speaks of this version, this request and these records.
  private func check(_ entry: CertificateEntry) throws -> String {
    let envelope = try store.blobs.read(entry.envelope)
    let statement = try store.certificateStatement(in: envelope)
    let certificate = try statement.predicate(as: Certificate.self)
    let request = try store.request(entry.request)
    let parent = try version.lineage.parent.map { try store.version($0).reference }
    let isBound =
      statement.subjects == version.subjects && certificate.version == version.reference
      && certificate.parent == parent
      && certificate.request.id == request.id
      && certificate.request.commitment == request.commitment
      && certificate.judgement.verdict == entry.verdict && certificate.issuedAt == entry.issuedAt
      && certificate.forgetSet.recordCount == entry.covered.recordCount
      && certificate.rungs.contains { $0.weights == version.weights }
    guard isBound else {
      throw Failure("it does not speak of this version, request or forget set", kind: .unverified)
    }
    return "\(entry.verdict.rawValue), signed and bound to version, parent and request"
  }
}
