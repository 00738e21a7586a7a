import Records
import Registry

extension Workplace {
  /// The outcome when there is nothing to do: the version holds nothing of the person, or already
  /// less than it did, or another version was made from it for the same request.
  func nothingToDo(
    _ work: ForgetCase, _ order: ForgetOrder, _ request: DeletionRequest?, target: Verdict,
    in store: RegistryStore
  ) throws -> ForgetOutcome? {
    let name = work.parent.lineage.name
    if work.exposure.overall == .clear {
      let isClosed = try !order.isDryRun && closeIfClear(request, in: store)
      return .untouched(
        .clear, work, try request.map { try store.request($0.id) },
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
      let made = try version(madeFrom: work.parent, for: request, target, in: store)
    else { return nil }
    return .untouched(
      .alreadyMitigated, work, request,
      "\(made.lineage.name) was made from \(name) for request '\(request.id)' already; see "
        + "'imu-registry show \(made.lineage.name)'; no version was made")
  }

  /// The version that a forget of the same order has made, such as one that a crash interrupted
  /// after its version was committed and that has been finished since.
  private func version(
    madeFrom parent: VersionEntry, for request: DeletionRequest, _ target: Verdict,
    in store: RegistryStore
  ) throws -> VersionEntry? {
    try store.certificates(for: request.id).filter { $0.verdict >= target }
      .map { try store.version($0.version) }
      .last { $0.lineage.parent == parent.digest }
  }

  /// Closes a request that nothing in use can violate, as every alias serves a clear version.
  ///
  /// It is a fact of lineage, so it needs no certificate; the log has it. Where there is no alias,
  /// what is in use is not known, and the request stays open.
  private func closeIfClear(
    _ request: DeletionRequest?, in store: RegistryStore
  ) throws -> Bool {
    guard let request, [.approved, .mitigated].contains(request.state) else { return false }
    let aliases = try store.aliases()
    let isServed = try aliases.contains {
      try store.exposure(of: $0.version, to: request).overall != .clear
    }
    guard !aliases.isEmpty, !isServed else { return false }
    try store.changeRequest(
      request.id, to: .closed, by: "imu-registry forget", at: now(),
      reason: "every version in use is clear")
    try discardForbiddenTrainings(in: store)
    try store.eraseDerivedData(at: now())
    return true
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
      version: nil, verdict: nil, meetsFloor: true, state: request?.state, sentence: sentence,
      rungs: [], caps: [], movedAliases: [], reportPath: nil)
  }
}
