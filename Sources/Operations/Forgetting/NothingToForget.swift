import Records
import Registry

extension Workplace {
  /// The outcome when there is nothing to do: the version holds nothing of the person, or already
  /// less than it did, or another version was made from it for the same request.
  func nothingToDo(
    _ work: ForgetCase, _ order: ForgetOrder, _ request: DeletionRequest?, target: Verdict,
    in store: RegistryStore
  ) throws -> ForgetOutcome? {
    let name = work.parent.shortName
    if work.exposure.overall == .clear {
      let isClosed = try !order.isDryRun && closeIfClear(request, in: store)
      return .untouched(
        .clear, work, try request.map { try store.request(at: $0.ordinal) },
        "\(name) is clear of \(order.subject): there is nothing to forget, and no version was made"
          + (isClosed ? "; the request is closed" : ""))
    }
    guard order.isStandard else { return nil }
    if work.exposure.overall == .mitigated, target < .pass {
      return .untouched(
        .alreadyMitigated, work, request,
        "\(name) is mitigated already: climb on with --until pass; no version was made")
    }
    guard let request,
      let made = store.version(madeFrom: work.parent, for: request, target)
    else { return nil }
    return .untouched(
      .alreadyMitigated, work, request,
      "\(made.shortName) was made from \(name) for request '\(request.id)' already; see "
        + "'imu-registry show \(made.shortName)'; no version was made")
  }

  /// Closes a request that nothing in use can violate, as every alias serves a clear version.
  ///
  /// It is a fact of lineage, so it needs no certificate; the log has it. Where there is no alias,
  /// what is in use is not known, and the request stays open.
  private func closeIfClear(
    _ request: DeletionRequest?, in store: RegistryStore
  ) throws -> Bool {
    guard let request, [.approved, .mitigated].contains(request.state),
      !store.state.aliases.isEmpty, !store.state.isServed(request.ordinal)
    else { return false }
    let isClosed = try store.commit(at: now()) { batch in
      let state = batch.state
      guard [.approved, .mitigated].contains(state.requestState(of: request.ordinal)),
        !state.aliases.isEmpty, !state.isServed(request.ordinal)
      else { return false }
      try batch.add(CaseCleared(number: request.number))
      return true
    }
    eraseAfterwards(in: store)
    return isClosed
  }
}

extension RegistryStore {
  /// The version that a forget of the same order has made, if what was found of it mitigates.
  fileprivate func version(
    madeFrom parent: VersionEntry, for request: DeletionRequest, _ target: Verdict
  ) -> VersionEntry? {
    let made = state.certificates(for: request.ordinal).last {
      $0.mitigates && $0.verdict >= target && state.versions[$0.version].parent == parent.ordinal
    }
    return made.map { state.entry($0.version) }
  }
}

extension ForgetOrder {
  /// Whether the order leaves everything to the policy, so that doing it twice is doing it once.
  fileprivate var isStandard: Bool { method == nil && choices.isEmpty && constants.isEmpty }
}

extension ForgetOutcome {
  /// The outcome of an order that made no version.
  static func untouched(
    _ ending: Ending, _ work: ForgetCase, _ request: DeletionRequest?, _ sentence: String
  ) -> ForgetOutcome {
    ForgetOutcome(
      ending: ending, model: work.parent.name, exposure: work.exposure, request: request?.id,
      version: nil, verdict: nil, meetsFloor: true, exploresOnly: false, state: request?.state,
      sentence: sentence, rungs: [], caps: [], movedAliases: [], reportPath: nil)
  }
}
