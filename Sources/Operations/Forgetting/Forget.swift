import Records
import Registry
import Verification

extension Workplace {
  /// The kind of the log entry with which a forget begins; its digest is the request's commitment.
  static let forgetBegun = "forget-begun"

  /// Makes a version that has forgotten a person, judges it, signs what was found, and reports.
  ///
  /// The order of the steps is the argument: request and policy are in the log before anything runs,
  /// the version is committed before it is certified, the alias moves last.
  ///
  /// - Throws: `Failure` of kind `refused` without an approved request; what the rooms throw.
  package func forget(_ order: ForgetOrder) throws -> ForgetOutcome {
    switch try writing({ store in try begin(order, in: store) }) {
    case .ended(let outcome): return outcome
    case .begun(let request, let policy, let climb):
      let run = try makeVersion(climb, for: request, under: policy)
      return try writing({ store in try finish(run, in: store) }, finishingInterrupted: false)
    }
  }

  /// What the first steps come to.
  enum Beginning {
    /// There is nothing to do, or it was not asked to be done.
    case ended(ForgetOutcome)
    case begun(DeletionRequest, NamedPolicy, Climb)
  }

  /// Steps 4 to 8: from the references to the committed version.
  ///
  /// The long part runs without the registry's lock, so that others can read and write meanwhile.
  func makeVersion(
    _ climb: Climb, for request: DeletionRequest, under policy: NamedPolicy
  ) throws -> PendingRun {
    let references = try references(for: climb)
    let (tried, kept) = try climb.run(against: references)
    return try writing { store in
      let draft = try ForgetDraft(
        climb: climb, references: references.map(\.model), tried: tried, kept: kept,
        request: request, policy: policy, issuedAt: now(), in: store)
      return try commit(kept, draft, climb, in: store)
    }
  }

  /// Steps 1 to 3: what the version holds of the person, whether it may be done, and the log entries
  /// that come before anything runs.
  func begin(_ order: ForgetOrder, in store: RegistryStore) throws -> Beginning {
    let parent = try store.version(named: order.model)
    var work = try forgetCase(of: parent, subject: order.subject, in: store)
    let policy = try NamedPolicy(path: order.policyPath, beside: registryPath)
    let target = order.target ?? policy.policy.floor
    let found = try request(for: order, in: store)
    if let outcome = try nothingToDo(work, order, found, target: target, in: store) {
      return .ended(outcome)
    }
    let request = try approved(found, order)
    guard !order.isDryRun else { return .ended(plan(work, request, policy, target)) }
    guard work.person.recordCount > 0 else {
      throw Failure(
        "\(parent.lineage.name) counts as exposed, but none of the person's records is known to be "
          + "in it")
    }
    work.shelf = FeatureShelf(
      work.original, in: work.environment, registryPath: registryPath,
      withholding: order.subject, startedAt: now())
    let root = try store.ancestry(of: parent.digest).first { $0.lineage.origin != .parent }
    let climb = Climb(
      workplace: self, work: work, order: order, policy: policy.policy, target: target,
      root: root?.lineage ?? parent.lineage, forget: try work.forget, retain: try work.retain,
      heldOut: try work.heldOut(of: order.subject), test: try work.test(without: order.subject),
      request: request, heeded: try store.requestsForbiddingTraining())
    try discardForbiddenTrainings(in: store)
    try store.record(Self.forgetBegun, request.commitment, at: now())
    try store.record("policy", try store.blobs.put(policy.bytes), at: now())
    return .begun(request, policy, climb)
  }

  /// Step 8: version and draft of the certificate, in one transaction.
  private func commit(
    _ kept: Candidate, _ draft: ForgetDraft, _ climb: Climb, in store: RegistryStore
  ) throws -> PendingRun {
    let lineage = try climb.lineage(
      kept.result.recipe, kept.origin, createdAt: draft.issuedAt, in: store)
    let entry = try store.commit(kept.files, lineage, draft: CanonicalText.encode(draft))
    guard let run = try store.pendingRuns().first(where: { $0.version == entry.digest }) else {
      preconditionFailure("a version committed with a draft has a pending run")
    }
    return run
  }

  private func plan(
    _ work: ForgetCase, _ request: DeletionRequest, _ policy: NamedPolicy, _ target: Verdict
  ) -> ForgetOutcome {
    let ladder = policy.policy.ladder.map(\.method).joined(separator: ", ")
    return .untouched(
      .planned, work, request,
      "\(work.person.recordCount) records would be forgotten from \(work.parent.lineage.name) for request "
        + "'\(request.id)', trying \(ladder) until \(target.rawValue); nothing was changed")
  }
}
