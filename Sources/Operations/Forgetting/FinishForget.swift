import Records
import Registry
import Reports
import Signing

extension Workplace {
  /// Who moves an alias or changes a request's state because of a verdict.
  static let forgetter = "imu-registry forget"

  /// Steps 9 and 10: signs for a committed version, moves the aliases, erases what was made from the
  /// person's records, reports, ends the run.
  ///
  /// Every part looks first whether it was done, so that it can be repeated after a crash.
  func finish(_ run: PendingRun, in store: RegistryStore) throws -> ForgetOutcome {
    let version = try store.version(run.version)
    let draft = try CanonicalText.decode(
      ForgetDraft.self, from: try store.blobs.read(run.draft), what: "draft \(run.draft.short)")
    if try store.modelSignature(of: version) == nil { try sign(version, in: store) }
    let certified = try certificate(of: version, draft, in: store)
    for alias in draft.aliases {
      let standing = try store.alias(alias.name, of: version.lineage.model)
      guard standing == alias.from else { continue }
      try store.moveAlias(
        AliasMove(
          model: version.lineage.model, name: alias.name, from: alias.from, to: version.digest,
          movedAt: now(), movedBy: Self.forgetter,
          reason: "\(draft.judgement.verdict.rawValue) for request \(draft.request.id)"))
    }
    try discardTrainings(for: draft.request.commitment, in: store)
    try discardForbiddenTrainings(in: store)
    try store.eraseDerivedData(at: now())
    let path = try writeReport(of: version, certified, in: store)
    try store.endRun(version.digest)
    return try outcome(of: version, draft, reportPath: path, in: store)
  }

  /// The version's certificate: the one signed before, or a new one.
  func certificate(
    of version: VersionEntry, _ draft: ForgetDraft, in store: RegistryStore
  ) throws -> CertificateEntry {
    let signed = try store.certificates(of: version.digest, for: draft.request.id)
    if let signed = signed.last { return signed }
    let statement = try Statement(
      subjects: version.subjects, predicateType: Certificate.predicateType,
      encoding: draft.certificate(of: version))
    let envelope = try statement.signed(by: try store.signingKey())
    let before = try store.request(draft.request.id).state
    return try store.certify(
      Registry.CertificateDraft(
        name: "certificate-\(draft.request.id).intoto.jsonl",
        envelope: DSSEEnvelope.lines([envelope]), version: version.digest,
        request: draft.request.id, verdict: draft.judgement.verdict, covered: draft.coveredRecords,
        issuedAt: draft.issuedAt, state: before == draft.request.state ? nil : draft.request.state,
        signedBy: Self.forgetter))
  }

  private func outcome(
    of version: VersionEntry, _ draft: ForgetDraft, reportPath: String, in store: RegistryStore
  ) throws -> ForgetOutcome {
    let certificate = draft.certificate(of: version)
    return ForgetOutcome(
      ending: .certified, model: draft.parent.name,
      exposure: try store.exposure(of: version.digest, to: draft.coveredRecords).components,
      request: draft.request.id, version: version.name, verdict: draft.judgement.verdict,
      meetsFloor: draft.judgement.verdict >= draft.policy.floor, state: draft.request.state,
      sentence: try report(of: version, certificate, in: store).answer,
      rungs: draft.rungs.map(\.summary),
      caps: draft.judgement.caps,
      movedAliases: draft.aliases.map(\.name), reportPath: reportPath)
  }
}

extension RungResult {
  /// The method, its verdict and, unless it passed, why it is no better.
  fileprivate var summary: String {
    let why =
      switch judgement.verdict {
      case .pass: nil as String?
      case .warn: judgement.caps.first ?? judgement.reasons.first
      case .fail: judgement.reasons.first
      }
    return "\(Climb.title(recipe)): \(judgement.verdict.rawValue)" + (why.map { " – \($0)" } ?? "")
  }
}

extension VersionEntry {
  /// What a statement about the version is about: its model root and its manifest.
  var subjects: [Statement.Subject] {
    let reference = reference
    return [
      Statement.Subject(name: reference.name, digest: reference.modelRoot),
      Statement.Subject(name: "\(reference.name) (OCI manifest)", digest: reference.digest),
    ]
  }
}
