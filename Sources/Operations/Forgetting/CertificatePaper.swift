import Datasets
import Records
import Registry
import Signing

/// All that a certificate says but which version it is of: that has no digest before it is committed.
struct CertificatePaper {
  let climb: Climb
  let references: [ReferenceModel]
  let tried: [RungResult]
  let kept: Candidate
  let request: DeletionRequest
  let policy: NamedPolicy
  let run: Digest
  /// Whether the policy might mitigate and close when the run began.
  let isAllowedAtBeginning: Bool
  /// The aliases that stood at the parent when the run began, sorted.
  let aliasesAtBeginning: [String]

  /// The figures as a blob of their own, which the verifier signs for.
  struct Findings: Codable {
    let evidence: Evidence
    let judgement: Judgement
  }

  var findings: Findings {
    Findings(evidence: kept.evidence, judgement: kept.result.judgement)
  }

  var verdict: Verdict { kept.result.judgement.verdict }

  /// The certificate of a version that is about to be committed, and the state it brings its request
  /// to.
  func certificate(
    of version: VersionEntry, issuedAt: String, state: RequestState, isAllowed: Bool,
    previous: Digest?, in store: RegistryStore
  ) throws -> Certificate {
    Certificate(
      issuedAt: issuedAt,
      request: RequestSummary(
        case: request.number.text, commitment: request.commitment,
        receivedOn: request.receivedOn, deadline: request.deadline, state: state),
      parent: climb.work.parent.reference, version: version.reference,
      forgetSet: try Self.summary(of: climb.work, request, in: store),
      policy: PolicyReference(
        name: policy.policy.name, digest: policy.digest, floor: policy.policy.floor,
        goal: policy.policy.goal, isAllowed: isAllowed),
      rungs: tried, evidence: kept.evidence, provenance: kept.provenance,
      judgement: kept.result.judgement, references: references, notAssessed: kept.notAssessed,
      previousCertificate: previous)
  }

  /// The forget set: how many records, a salted code of which, and the data sets they are of.
  static func summary(
    of work: ForgetCase, _ request: DeletionRequest, in store: RegistryStore
  ) throws -> ForgetSetSummary {
    let parts = work.material.sources.compactMap { source in
      work.person[source.root].map { (source.manifest, $0) }
    }
    let salt = try store.sealed.salt(of: request.commitment, in: .request(request.number))
    return ForgetSetSummary(
      recordCount: work.person.recordCount,
      saltedDigest: HMACSHA256.code(key: salt, message: try ForgetSet.canonicalBytes(of: parts)),
      datasets: Dictionary(
        uniqueKeysWithValues: work.material.sources.map { ($0.manifest.dataset, $0.root) }))
  }
}
