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
      attempt("lineage") { try lineage() }, attempt("files") { try files() },
      attempt("model signature") { try signature() },
    ]
    for certificate in store.state.certificates(of: version.ordinal) {
      let title = store.title(ofCase: certificate.ordinal)
      findings.append(attempt("certificate for \(title)") { try check(certificate) })
    }
    return findings
  }

  /// The version's attestations against the blobs whose bytes they have.
  func attestations() throws -> [Finding] {
    try store.attestations.filter { $0.version == version.ordinal }.map { attestation in
      guard try store.holds(attestation) else {
        return Finding(
          attestation.file, "does not verify: its bytes are not those that the log names",
          isGood: false)
      }
      return Finding(attestation.file, "has the bytes that the log names", isGood: true)
    }
  }

  private func attempt(_ subject: String, _ check: () throws -> String) -> Finding {
    do {
      return Finding("\(version.shortName), \(subject)", try check(), isGood: true)
    } catch {
      return Finding("\(version.shortName), \(subject)", "\(error)", isGood: false)
    }
  }

  private func lineage() throws -> String {
    for part in try store.lineage(of: version).parts {
      for set in part.data.sets where store.state.dataset(set.root) == nil {
        throw Failure(
          "part '\(part.name)' read data set \(set.root.short), which the log does not have",
          kind: .unverified)
      }
    }
    return "what the files say of its making is what event \(version.made.index) of the log says"
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
    let key = try store.key(of: .publisher)
    _ = try ModelSignature.verify(
      bundle: try store.modelSignature(of: version), files: version.modelFiles, trusted: [key],
      subject: version.name, mustBeCanonical: true)
    return "signed with key \(key.hint.prefix(16))"
  }

  /// Whether a certificate is signed, and speaks of this version, this case and this run.
  private func check(_ entry: CertificateState) throws -> String {
    let statement = try store.certificateStatement(in: try store.blobs.read(entry.envelope))
    let certificate = try statement.predicate(as: Certificate.self)
    let found = store.state.cases[entry.ordinal]
    let parent = version.made.parent.map { store.state.entry($0).reference }
    let findings = try store.decode(CertificatePaper.Findings.self, from: entry.evidence)
    let isBound =
      statement.subjects == version.subjects && certificate.version == version.reference
      && certificate.parent == parent && certificate.request.case == found.number.text
      && certificate.request.commitment == found.opening
      && certificate.judgement.verdict == entry.verdict && certificate.issuedAt == entry.time
      && certificate.policy.digest == entry.policy && certificate.evidence == findings.evidence
      && certificate.judgement == findings.judgement && certificate.mitigates == entry.meetsFloor
      && certificate.rungs.contains { $0.weights == version.weights }
    guard isBound else {
      throw Failure("it does not speak of this version, case or run", kind: .unverified)
    }
    return
      "\(entry.verdict.rawValue), signed by engine and verifier, event \(entry.index) of the log"
      + (entry.isOvertaken
        ? "; records of the person were found since, so it mitigates nothing any more"
        : entry.meetsFloor ? "" : "; it mitigates nothing")
  }
}

extension Certificate {
  /// Whether it says of itself that it mitigates.
  fileprivate var mitigates: Bool {
    policy.isAllowed && judgement.verdict >= max(policy.floor, .warn)
  }
}
