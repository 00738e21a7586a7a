import Records
import Registry
import Reports
import Signing

extension Workplace {
  /// Steps 9 and 10: commits version, evidence, certificate and moves of aliases, all at once, and
  /// then makes what follows: papers, and the erasing of what was made from the person's records.
  func finish(_ paper: CertificatePaper, in store: RegistryStore) throws -> ForgetOutcome {
    let files = try store.put(paper.kept.files)
    let findings = try store.blobs.put(CanonicalText.encode(paper.findings))
    let parts = try parts(of: paper, in: store)
    let commit = try store.commit(at: now()) { batch in
      try addForgotten(paper, files, findings, parts, to: &batch, in: store)
    }
    for sentence in commit.left { notice(sentence) }
    eraseAfterwards(for: paper.request.number, in: store)
    let path = reportAfterwards(of: commit.version, commit.certificate.envelope, in: store)
    return try outcome(of: paper, commit, path, in: store)
  }

  /// What a forget committed.
  private struct Forgotten {
    let version: VersionEntry
    let certificate: CertificateState
    let certificateText: Certificate
    let movedAliases: [String]
    /// What was not done, and why.
    let left: [String]
  }

  /// The parts of the version: what retraining read is sealed.
  private func parts(
    of paper: CertificatePaper, in store: RegistryStore
  ) throws -> (origin: Origin, data: TrainingData, search: CaseSearch) {
    let work = paper.climb.work
    let read = paper.kept.origin == .scratch ? work.staying : [:]
    let data = TrainingData(sets: try work.material.sealed(read, in: store))
    // Searched once before, so that while the registry is held only new cases are opened.
    let search = CaseSearch(in: store)
    _ = try search.cases(in: read, store.state)
    return (paper.kept.origin, data, search)
  }

  private func addForgotten(
    _ paper: CertificatePaper, _ files: StoredFiles, _ findings: Digest,
    _ parts: (origin: Origin, data: TrainingData, search: CaseSearch),
    to batch: inout EventBatch, in store: RegistryStore
  ) throws -> Forgotten {
    try checkBasis(of: paper, batch.state)
    let work = paper.climb.work
    let read = paper.kept.origin == .scratch ? work.staying : [:]
    let held = try parts.search.cases(in: read, batch.state)
    // Hours of work for one person are not thrown away for another, whose own forget is still to come;
    // no alias moves to a version that holds more of that one than the version it stands at.
    let unmet = held.intersection(batch.state.withheld).indices.map {
      "request '\(store.title(ofCase: $0))' was approved while this ran and is not met by it"
    }
    let names = [PartLineage.extractor, PartLineage.classifier]
    let draft = VersionDraft(
      model: work.parent.model, weights: files.weights, configuration: files.configuration,
      parent: work.parent.digest, recipe: paper.kept.result.recipe,
      parts: names.map {
        .init(PartLineage(name: $0, origin: parts.origin, data: parts.data), holds: held)
      }, forgets: paper.request.number, run: paper.run)
    let version = try store.add(draft, to: &batch)
    try batch.add(
      EvidenceFound(
        run: paper.run, version: version.digest, evidence: findings, policy: paper.policy.digest,
        verdict: paper.verdict))
    return try addCertificate(paper, version, findings, unmet, to: &batch, in: store)
  }

  /// Adds the certificate, and the moves of the aliases that stand at the parent.
  ///
  /// What the certificate says of the request's state is what the log comes to with it: it is found
  /// by trying.
  private func addCertificate(
    _ paper: CertificatePaper, _ version: VersionEntry, _ findings: Digest, _ unmet: [String],
    to batch: inout EventBatch, in store: RegistryStore
  ) throws -> Forgotten {
    func issue(_ envelope: Digest, in batch: inout EventBatch) throws -> (
      moved: [String], left: [String]
    ) {
      try batch.add(
        CertificateIssued(
          number: paper.request.number, run: paper.run, version: version.digest,
          weights: version.weights, envelope: envelope, evidence: findings,
          policy: paper.policy.digest, verdict: paper.verdict))
      return try moveAliases(paper, to: version, in: &batch, store)
    }
    var trial = batch
    _ = try issue(Digest(bytes: [UInt8](repeating: 0, count: 32)), in: &trial)
    let ordinal = paper.request.ordinal
    let text = try paper.certificate(
      of: version, issuedAt: batch.time, state: trial.state.requestState(of: ordinal),
      isAllowed: batch.state.policies[paper.policy.digest] != nil,
      previous: batch.state.certificates(for: ordinal).last?.envelope, in: store)
    let statement = try Statement(
      subjects: version.subjects, predicateType: Certificate.predicateType, encoding: text)
    let envelope = try store.sign(
      payloadType: Statement.payloadType, payload: statement.text, as: [.engine, .verifier])
    let digest = try store.blobs.put(DSSEEnvelope.lines([envelope]))
    let (moved, left) = try issue(digest, in: &batch)
    guard let certificate = batch.state.certificates(for: ordinal).last else {
      preconditionFailure("a certificate that was just issued")
    }
    return Forgotten(
      version: version, certificate: certificate, certificateText: text, movedAliases: moved,
      left: unmet + left)
  }

  /// Refuses to commit when what the run began with is no more so.
  private func checkBasis(of paper: CertificatePaper, _ state: RegistryState) throws {
    guard let run = state.run(paper.run) else {
      preconditionFailure("a run that is in the log")
    }
    let found = state.cases[run.ordinal]
    guard found.decision == .approved else {
      throw Failure(
        "request '\(paper.request.id)' was refused while this ran (event "
          + "\(found.decidedIndex ?? 0)); nothing was committed", kind: .refused)
    }
    let wasAllowed = paper.isAllowedAtBeginning
    guard wasAllowed == (state.policies[run.policy] != nil) else {
      let index = state.lastEvent(about: PolicyWithdrawn(policy: run.policy).entity) ?? 0
      throw Failure(
        "policy '\(paper.policy.policy.name)' was \(wasAllowed ? "withdrawn" : "allowed") while this "
          + "ran (event \(index)); nothing was committed", kind: .refused, hint: "run it again")
    }
  }

  private func moveAliases(
    _ paper: CertificatePaper, to version: VersionEntry, in batch: inout EventBatch,
    _ store: RegistryStore
  ) throws -> (moved: [String], left: [String]) {
    var (moved, left): ([String], [String]) = ([], [])
    let parent = paper.climb.work.parent
    for alias in paper.aliasesAtBeginning {
      let name = AliasName(model: parent.model, alias: alias)
      guard batch.state.aliases[name]?.version == parent.ordinal else {
        left.append("alias '\(alias)' was moved while this ran and stays where it is")
        continue
      }
      guard paper.verdict >= paper.policy.policy.floor, paper.isAllowedAtBeginning else { continue }
      let outcome = try AliasMove(alias: alias, version: version, cause: .forget)
        .add(to: &batch, in: store)
      if outcome.isMoved { moved.append(alias) } else { left.append(outcome.sentence) }
    }
    return (moved, left)
  }

  private func outcome(
    of paper: CertificatePaper, _ commit: Forgotten, _ reportPath: String?,
    in store: RegistryStore
  ) throws -> ForgetOutcome {
    let (version, certificate) = (commit.version, commit.certificateText)
    return ForgetOutcome(
      ending: .certified, model: certificate.parent.name,
      exposure: store.exposure(of: version, to: paper.request), request: paper.request.id,
      version: version.name, verdict: paper.verdict,
      meetsFloor: paper.verdict >= paper.policy.policy.floor && paper.isAllowedAtBeginning,
      exploresOnly: !paper.isAllowedAtBeginning, state: certificate.request.state,
      sentence: try report(of: version, certificate, commit.certificate, in: store).answer,
      rungs: paper.tried.map(\.summary), caps: certificate.judgement.caps,
      movedAliases: commit.movedAliases, reportPath: reportPath)
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
