import Records
import Reports

extension Sample {
  static let warned = Judgement(
    verdict: .warn, caps: ["output suppression; representation unchanged"],
    reasons: [
      "the classifier was changed, but the feature extractor is byte-identical to one that was trained on the person",
      "membership inference is inconclusive at 30 records",
    ])

  static let passed = Judgement(
    verdict: .pass, caps: [],
    reasons: [
      "retrained from a manifest without the person's records; the recipe can be executed again",
      "accuracy on everybody else is within the policy's bounds",
    ])

  static let failed = Judgement(
    verdict: .fail, caps: [],
    reasons: ["accuracy on the other speakers fell by more than 10.0 points."])

  static let notAssessed = [
    "Copies of older versions outside this registry were not looked for.",
    "Per-example membership (LiRA) was not run: no shadow models were trained.",
    "Whether the features still tell the person apart was not measured.",
  ]

  static func request(_ state: RequestState) -> RequestSummary {
    RequestSummary(
      case: "5f0c1e9a77b2d348", commitment: digest(90), receivedOn: received, deadline: deadline,
      state: state)
  }

  static func certificate(
    _ judgement: Judgement = warned, state: RequestState? = nil,
    issuedAt: String = "2026-11-22T10:04:31Z", notAssessed: [String] = notAssessed,
    evidence: Evidence = evidence, rungs: [RungResult]? = nil, isAllowed: Bool = true
  ) -> Certificate {
    let isPass = judgement.verdict == .pass
    let exposed = ComponentExposure(extractor: .exposed, classifier: .exposed)
    let clear = ComponentExposure(extractor: .clear, classifier: .clear)
    return Certificate(
      issuedAt: issuedAt,
      request: request(
        state ?? (isPass ? .closed : judgement.verdict == .warn ? .mitigated : .approved)),
      parent: version(isPass ? 4 : 3), version: version(isPass ? 5 : 4),
      forgetSet: ForgetSetSummary(
        recordCount: 30, saltedDigest: digest(91), datasets: ["japanese-vowels": digest(92)]),
      policy: PolicyReference(
        name: "gdpr-art17", digest: digest(93), floor: .warn, goal: .pass,
        isAllowed: isAllowed),
      rungs: rungs ?? (isPass ? ladder(judgement) : Array(ladder(judgement).prefix(1))),
      evidence: evidence,
      provenance: Provenance(
        candidate: isPass ? clear : exposed, original: exposed,
        origin: isPass ? .scratch : .parent, coveredRecords: 30, requestedRecords: 30,
        usesRetainSet: isPass, isTunedOnEvidence: false),
      judgement: judgement,
      references: [
        ReferenceModel(recipe: retrain(1001), weights: digest(80), recordCount: 240),
        ReferenceModel(recipe: retrain(1002), weights: digest(81), recordCount: 240),
      ], notAssessed: notAssessed, previousCertificate: isPass ? digest(60) : nil)
  }

  static func ladder(_ last: Judgement) -> [RungResult] {
    let first = last.verdict == .pass ? warned : last
    return [
      RungResult(
        recipe: imu, trace: trace, judgement: first, checks: checks, weights: version(4).weights),
      RungResult(
        recipe: imuAll, trace: traceAll,
        judgement: Judgement(
          verdict: .warn, caps: [], reasons: ["no forget-only method may close a request"]),
        checks: checks, weights: digest(70)),
      RungResult(
        recipe: retrain(7), trace: traceRetrain, judgement: last, checks: checks,
        weights: version(5).weights),
    ]
  }

  static func context(
    requestID: String? = "DSR-2026-001",
    approvedBy: String? = "A. Meier, data-protection officer", subject: String? = "pid=1",
    owed: [Obligation]? = nil, moved: Bool = true, isPass: Bool = false, files: AuditorFiles? = nil
  ) -> ReportContext {
    ReportContext(
      requestID: requestID, approvedBy: approvedBy, subject: subject,
      lineage: [
        LineageStep(name: "v1", note: "trained on 135 records", exposure: .exposed),
        LineageStep(name: "v2", note: "continued on all 270 records", exposure: .exposed),
        LineageStep(name: "v3", note: "fine-tuned", exposure: .exposed),
        LineageStep(name: "v4", note: "IMU for DSR-2026-001", exposure: .mitigated),
      ]
        + (isPass
          ? [LineageStep(name: "v5", note: "retrained for DSR-2026-001", exposure: .clear)] : []),
      aliases: [
        AliasOutcome(
          name: "production", from: isPass ? "v4" : "v3",
          to: moved ? (isPass ? "v5" : "v4") : "v3",
          reason: moved ? "the verdict meets the policy's floor" : "the verdict is under the floor")
      ],
      earlierCertificates: isPass
        ? [
          EarlierCertificate(
            issuedAt: "2026-11-22T10:04:31Z", version: "v4", verdict: .warn, digest: digest(60))
        ] : [],
      owed: owed
        ?? (isPass ? [] : [Obligation(task: "retraining without the person", by: deadline)]),
      files: files
        ?? AuditorFiles(modelDirectory: isPass ? "v5-export" : "v4-export"),
      certificateDigest: digest(61), logIndex: isPass ? 9 : 6)
  }
}

extension Sample {
  /// One report of each verdict: WARN, PASS, FAIL.
  static let reports = [
    Report(certificate: certificate(), context: context()),
    Report(certificate: certificate(passed), context: context(isPass: true)),
    Report(certificate: certificate(failed), context: context(moved: false)),
  ]

  /// The same certificate with another judgement.
  static func changed(
    _ certificate: Certificate, judgement: Judgement, state: RequestState
  ) -> Certificate {
    Certificate(
      issuedAt: certificate.issuedAt, request: request(state), parent: certificate.parent,
      version: certificate.version, forgetSet: certificate.forgetSet, policy: certificate.policy,
      rungs: certificate.rungs, evidence: certificate.evidence,
      provenance: certificate.provenance, judgement: judgement,
      references: certificate.references, notAssessed: certificate.notAssessed,
      previousCertificate: certificate.previousCertificate)
  }
}
