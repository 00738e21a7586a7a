/// What is signed about an act of unlearning: the predicate of an in-toto statement.
package struct Certificate: Hashable, Sendable, Codable {
  package static let predicateType = "https://imu-registry.dev/unlearning-certificate/v2"

  /// RFC 3339, UTC.
  package let issuedAt: String
  package let request: RequestSummary
  /// The version that held the person and the one that was made from it.
  package let parent: VersionReference
  package let version: VersionReference
  package let forgetSet: ForgetSetSummary
  package let policy: PolicyReference
  /// Every method tried, in order; the one whose weights are the version's made it.
  package let rungs: [RungResult]
  /// Of the version.
  package let evidence: Evidence
  package let provenance: Provenance
  package let judgement: Judgement
  package let references: [ReferenceModel]
  /// What was not assessed, a sentence each.
  package let notAssessed: [String]
  /// The certificate issued before this one for the same request.
  package let previousCertificate: Digest?

  package init(
    issuedAt: String, request: RequestSummary, parent: VersionReference, version: VersionReference,
    forgetSet: ForgetSetSummary, policy: PolicyReference, rungs: [RungResult], evidence: Evidence,
    provenance: Provenance, judgement: Judgement, references: [ReferenceModel],
    notAssessed: [String], previousCertificate: Digest?
  ) {
    self.issuedAt = issuedAt
    self.request = request
    self.parent = parent
    self.version = version
    self.forgetSet = forgetSet
    self.policy = policy
    self.rungs = rungs
    self.evidence = evidence
    self.provenance = provenance
    self.judgement = judgement
    self.references = references
    self.notAssessed = notAssessed
    self.previousCertificate = previousCertificate
  }
}

/// The request as the certificate names it: by case number and commitment, without the person.
///
/// Its id and who approved it were chosen by people, so they stay in the sealed part.
package struct RequestSummary: Hashable, Sendable, Codable {
  /// Sixteen lower-case hexadecimal digits, drawn at random: the only name the log has for it.
  package let `case`: String
  package let commitment: Digest
  package let receivedOn: CalendarDate
  package let deadline: CalendarDate
  /// The state this certificate brings the request to.
  package let state: RequestState

  package init(
    case: String, commitment: Digest, receivedOn: CalendarDate, deadline: CalendarDate,
    state: RequestState
  ) {
    self.case = `case`
    self.commitment = commitment
    self.receivedOn = receivedOn
    self.deadline = deadline
    self.state = state
  }
}

/// A version by every name an auditor may hold of it.
package struct VersionReference: Hashable, Sendable, Codable {
  /// Such as `speakers@v4`.
  package let name: String
  /// The digest of its OCI manifest.
  package let digest: Digest
  /// The root of its OpenSSF model signature.
  package let modelRoot: Digest
  package let weights: Digest
  package let configuration: Digest

  package init(
    name: String, digest: Digest, modelRoot: Digest, weights: Digest, configuration: Digest
  ) {
    self.name = name
    self.digest = digest
    self.modelRoot = modelRoot
    self.weights = weights
    self.configuration = configuration
  }
}

/// The forget set, without saying whose it is.
package struct ForgetSetSummary: Hashable, Sendable, Codable {
  package let recordCount: Int
  /// HMAC-SHA256, under the request's salt, of the forget records' ids and digests.
  package let saltedDigest: Digest
  /// The data sets it was drawn from, each with the root of its tree of salted record leaves.
  package let datasets: [String: Digest]

  package init(recordCount: Int, saltedDigest: Digest, datasets: [String: Digest]) {
    self.recordCount = recordCount
    self.saltedDigest = saltedDigest
    self.datasets = datasets
  }
}

/// The policy that was applied.
package struct PolicyReference: Hashable, Sendable, Codable {
  package let name: String
  /// SHA-256 of the policy file's bytes.
  package let digest: Digest
  package let floor: Verdict
  package let goal: Verdict
  /// Whether the log allowed this policy to mitigate or close when the run began; otherwise the run
  /// only explores.
  package let isAllowed: Bool

  package init(
    name: String, digest: Digest, floor: Verdict, goal: Verdict, isAllowed: Bool
  ) {
    self.name = name
    self.digest = digest
    self.floor = floor
    self.goal = goal
    self.isAllowed = isAllowed
  }
}

/// One method that was tried and what came of it.
package struct RungResult: Hashable, Sendable, Codable {
  package let recipe: Recipe
  package let trace: ForgettingTrace
  package let judgement: Judgement
  package let checks: [CheckResult]
  /// SHA-256 of the weights it made, kept only when they became the version; nil when it made none.
  package let weights: Digest?

  package init(
    recipe: Recipe, trace: ForgettingTrace, judgement: Judgement, checks: [CheckResult],
    weights: Digest?
  ) {
    self.recipe = recipe
    self.trace = trace
    self.judgement = judgement
    self.checks = checks
    self.weights = weights
  }
}

/// A model retrained without the person, for comparison.
package struct ReferenceModel: Hashable, Sendable, Codable {
  package let recipe: Recipe
  package let weights: Digest
  package let recordCount: Int

  package init(recipe: Recipe, weights: Digest, recordCount: Int) {
    self.recipe = recipe
    self.weights = weights
    self.recordCount = recordCount
  }
}
