import NeuralNetworks
import Records
import Registry
import Verification

extension Workplace {
  /// Makes a version that has forgotten a person, judges it, signs what was found, and reports.
  ///
  /// The order of the steps is the argument: the run with its policy and everybody it withholds is in
  /// the log before anything is computed; version, evidence, certificate and moves of aliases are one
  /// commit; papers are made from the log.
  ///
  /// - Throws: `Failure` of kind `refused` without an approved request; what the rooms throw.
  package func forget(_ order: ForgetOrder) throws -> ForgetOutcome {
    try deciding(isDryRun: order.isDryRun) { store in
      let parent = try store.version(named: order.model)
      let policy = try NamedPolicy(path: order.policyPath, beside: registryPath)
      let target = order.target ?? policy.policy.floor
      try order.check(policy.policy, in: try numericEnvironment())
      let found = try request(for: order, in: store)
      if let found, store.exposure(of: parent, to: found).overall == .exposed {
        // There is something to forget: nobody's records are opened, and nothing is written, unasked.
        _ = try approved(found, order)
      }
      if let found, !order.isDryRun { catchUp(on: found, in: store) }
      if let found, found.state != .refused {
        try findAgain(found, in: parent, isDryRun: order.isDryRun, store)
      }
      let withheld = store.state.withheld
      var work = try forgetCase(
        of: parent, subject: order.subject, for: found, withholding: withheld, in: store)
      if let outcome = try nothingToDo(work, order, found, target: target, in: store) {
        return outcome
      }
      let request = try approved(found, order)
      guard !order.isDryRun else {
        return plan(work, request, order.rungs(of: policy.policy), target)
      }
      guard work.person.recordCount > 0 else {
        throw Failure(
          "\(parent.shortName) counts as exposed, but none of the person's records is known to be "
            + "in it")
      }
      let begun = try begin(order, request, parent, policy, target, in: store)
      defer { extendLifetime(begun.hold) }
      if begun.withheld != withheld {
        // Another request was approved in between, and the run's event leaves its person out.
        work = try forgetCase(
          of: parent, subject: order.subject, for: request, withholding: begun.withheld, in: store)
      }
      work.shelf = FeatureShelf(
        work.original, in: work.environment, registryPath: registryPath,
        withholding: order.subject, startedAt: now())
      let climb = try climb(work, order, policy, target, request, in: store)
      let references = try references(for: climb)
      let (tried, kept) = try climb.run(against: references)
      let paper = CertificatePaper(
        climb: climb, references: references.map(\.model), tried: tried, kept: kept,
        request: request, policy: policy, run: begun.run,
        isAllowedAtBeginning: begun.isAllowed, aliasesAtBeginning: begun.aliases)
      return try finish(paper, in: store)
    }
  }

  /// A run that is in the log, and held by this process alone.
  private struct Begun {
    let run: Digest
    let hold: RunHold
    let withheld: RecordSelection
    let isAllowed: Bool
    let aliases: [String]
  }

  /// Step 2: the run is in the log before anything is computed, unless it was begun before.
  private func begin(
    _ order: ForgetOrder, _ request: DeletionRequest, _ parent: VersionEntry,
    _ policy: NamedPolicy, _ target: Verdict, in store: RegistryStore
  ) throws -> Begun {
    eraseAfterwards(in: store)
    if store.state.policies[policy.digest] == nil {
      notice(
        "policy '\(policy.policy.name)' (\(policy.digest.short)) may not mitigate or close, as nobody "
          + "allowed it: this explores only")
    }
    let bytes = try store.blobs.put(policy.bytes)
    let run = try store.commit(at: now()) { batch in
      let state = batch.state
      guard state.cases[request.ordinal].decision == .approved else {
        throw Failure("request '\(request.id)' is not approved any more", kind: .refused)
      }
      try state.checkChangeable(
        CaseCleared(number: request.number).entity, ModelAdded(model: parent.model).entity)
      let run = RunIdentity.digest(of: order, request, parent, policy.digest, target, in: state)
      if state.run(run) == nil {
        try batch.add(
          ForgetBegun(
            run: run, number: request.number, parent: parent.digest, policy: bytes,
            withheld: state.withheld))
      }
      return run
    }
    guard let hold = try store.hold(run: run) else {
      throw Failure(
        "the same forget is being done by another process", hint: "wait for it, or stop it first")
    }
    try store.refresh()
    guard let state = store.state.run(run), state.version == nil else {
      throw Failure("the same forget was done by another process just now")
    }
    return Begun(
      run: run, hold: hold, withheld: state.withheld,
      isAllowed: store.state.policies[policy.digest] != nil, aliases: store.aliases(at: parent))
  }

  private func climb(
    _ work: ForgetCase, _ order: ForgetOrder, _ policy: NamedPolicy, _ target: Verdict,
    _ request: DeletionRequest, in store: RegistryStore
  ) throws -> Climb {
    var root = try store.lineage(of: work.parent)
    for entry in store.ancestry(of: work.parent) {
      let lineage = try store.lineage(of: entry)
      guard lineage.origin == .parent else {
        root = lineage
        break
      }
    }
    return Climb(
      workplace: self, work: work, order: order, policy: policy.policy, target: target, root: root,
      forget: try work.forget, retain: try work.retain,
      heldOut: try work.heldOut(of: order.subject), test: try work.test(without: order.subject),
      request: request, heeded: try store.requestsForbiddingTraining(), store: store)
  }

  private func plan(
    _ work: ForgetCase, _ request: DeletionRequest, _ rungs: [Policy.Rung], _ target: Verdict
  ) -> ForgetOutcome {
    let ladder = rungs.map(\.method).joined(separator: ", ")
    return .untouched(
      .planned, work, request,
      "\(work.person.recordCount) records would be forgotten from \(work.parent.shortName) for request "
        + "'\(request.id)', trying \(ladder) until \(target.rawValue); nothing was changed")
  }
}
