import Datasets
import Records
import Registry
import Signing

/// A certificate before its version has a digest, and what is left to do once it is signed.
///
/// It is committed together with the version; everything after can be repeated from it.
struct ForgetDraft: Codable {
  /// An alias that stands at the parent.
  struct AliasIntent: Codable {
    let name: String
    let from: Digest
  }

  let issuedAt: String
  let request: RequestSummary
  let parent: VersionReference
  let forgetSet: ForgetSetSummary
  let policy: PolicyReference
  let rungs: [RungResult]
  let evidence: Evidence
  let provenance: Provenance
  let judgement: Judgement
  let references: [ReferenceModel]
  let notAssessed: [String]
  let previousCertificate: Digest?
  /// The records spoken of, by the text of their manifest's digest.
  let covered: [String: RecordSelection]
  /// Aliases that move to the version; none when the verdict is under the floor.
  let aliases: [AliasIntent]

  init(
    climb: Climb, references: [ReferenceModel], tried: [RungResult], kept: Candidate,
    request: DeletionRequest,
    policy: NamedPolicy, issuedAt: String, in store: RegistryStore
  ) throws {
    let work = climb.work
    let meetsFloor = kept.result.judgement.verdict >= policy.policy.floor
    let standing = try store.aliases(of: work.parent.lineage.model)
      .filter { $0.version == work.parent.digest }
    let state = try Self.state(
      after: kept.result.judgement.verdict, policy.policy, request, standing, store)
    self.issuedAt = issuedAt
    self.request = RequestSummary(
      id: request.id, commitment: request.commitment, receivedOn: request.receivedOn,
      deadline: request.deadline, approvedBy: request.decidedBy, state: state)
    parent = work.parent.reference
    forgetSet = try Self.summary(of: work, salt: try store.salt(of: request.id))
    self.policy = PolicyReference(
      name: policy.policy.name, digest: policy.digest, floor: policy.policy.floor,
      goal: policy.policy.goal)
    rungs = tried
    evidence = kept.evidence
    provenance = kept.provenance
    judgement = kept.result.judgement
    self.references = references
    notAssessed = kept.notAssessed
    previousCertificate = try store.certificates(for: request.id).last?.envelope
    covered = Dictionary(uniqueKeysWithValues: work.person.map { ($0.description, $1) })
    aliases = meetsFloor ? standing.map { AliasIntent(name: $0.name, from: $0.version) } : []
  }

  /// The state the certificate brings its request to.
  ///
  /// A PASS closes it only when no alias serves a version that still holds the person.
  private static func state(
    after verdict: Verdict, _ policy: Policy, _ request: DeletionRequest,
    _ standing: [Alias], _ store: RegistryStore
  ) throws -> RequestState {
    guard verdict >= policy.floor else { return request.state }
    guard request.state != .closed else { return .closed }
    guard verdict >= policy.goal else { return .mitigated }
    let others = try store.aliases().filter { alias in
      !standing.contains { $0.model == alias.model && $0.name == alias.name }
    }
    // Of all the person's records: another version may hold some that this one never saw.
    let isServedElsewhere = try others.contains {
      try store.exposure(of: $0.version, to: request).overall != .clear
    }
    return isServedElsewhere ? .mitigated : .closed
  }

  private static func summary(of work: ForgetCase, salt: [UInt8]) throws -> ForgetSetSummary {
    let parts = work.material.sources.compactMap { source in
      work.person[source.manifestDigest].map { (source.manifest, $0) }
    }
    var manifests: [String: Digest] = [:]
    for source in work.material.sources {
      manifests[source.manifest.dataset] = source.merkleRoot
    }
    return ForgetSetSummary(
      recordCount: work.person.recordCount,
      saltedDigest: HMACSHA256.code(key: salt, message: try ForgetSet.canonicalBytes(of: parts)),
      manifests: manifests)
  }

  /// The certificate of the version, now that it has a digest.
  func certificate(of version: VersionEntry) -> Certificate {
    Certificate(
      issuedAt: issuedAt, request: request, parent: parent, version: version.reference,
      forgetSet: forgetSet, policy: policy, rungs: rungs, evidence: evidence,
      provenance: provenance, judgement: judgement, references: references,
      notAssessed: notAssessed, previousCertificate: previousCertificate)
  }

  /// The records the certificate speaks of.
  var coveredRecords: RecordsByManifest {
    var records: RecordsByManifest = [:]
    for (text, selection) in covered {
      if let digest = Digest(hex: text.dropFirst("sha256:".count)) { records[digest] = selection }
    }
    return records
  }
}
