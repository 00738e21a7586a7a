import Records
import Registry

extension RegistryState {
  /// Of the steps in which a case's person was found, those of which the log does not say so.
  func unsaid(_ found: [String: RecordSelection], of ordinal: Int) -> [String: RecordSelection] {
    var unsaid: [String: RecordSelection] = [:]
    for (name, steps) in found {
      let missing = steps.indices.filter { step in
        versions[step].parts.first { $0.name == name }?.holds.contains(ordinal) == false
      }
      if !missing.isEmpty { unsaid[name] = RecordSelection(missing) }
    }
    return unsaid
  }

  /// The versions whose training a version, and whatever an alias serves, may still hold.
  func ancestry(ofAllServedAnd version: Int) -> [Int] {
    Set(([version] + aliases.values.map(\.version)).flatMap { ancestry(of: $0) }).sorted()
  }
}

extension Dictionary<String, RecordSelection> {
  /// The versions among these steps, such as `v1 and v3`.
  func versions(in state: RegistryState) -> String {
    Set(values.flatMap(\.indices)).sorted().map { state.versions[$0].shortName }
      .joined(separator: " and ")
  }
}

extension Workplace {
  /// Adds to a batch where a request's person is and the log does not say so yet.
  ///
  /// The log is its keeper's, who might have left out what the engine found; the sealed lineages are
  /// not. So nobody's fate is signed on the log's silence.
  func addUnsaid(
    of request: DeletionRequest, by search: PersonSearch, to batch: inout EventBatch
  ) throws {
    let state = batch.state
    let unsaid = state.unsaid(try search.steps(in: state), of: request.ordinal)
    guard !unsaid.isEmpty || !state.cases[request.ordinal].isSearched else { return }
    try batch.add(PersonFound(number: request.number, versions: unsaid))
    say(unsaid, of: request, in: state)
  }

  /// Looks again for a request's person in what its forget decides about, and puts into the log what
  /// that does not say.
  ///
  /// - Throws: `Failure` where nothing may be written.
  func findAgain(
    _ request: DeletionRequest, in version: VersionEntry, isDryRun: Bool, _ store: RegistryStore
  ) throws {
    let search = PersonSearch(of: request.selector, in: store)
    func unsaid(in state: RegistryState) throws -> [String: RecordSelection] {
      let steps = state.ancestry(ofAllServedAnd: version.ordinal)
      return state.unsaid(try search.steps(in: state, among: steps), of: request.ordinal)
    }
    let found = try unsaid(in: store.state)
    guard !found.isEmpty else { return }
    guard !isDryRun else {
      throw Failure(
        "the log does not say that \(found.versions(in: store.state)) holds records of request "
          + "'\(request.id)', and it does", kind: .unverified,
        hint: "without --dry-run the log gets it; see 'imu-registry audit'")
    }
    try store.commit(at: now()) { batch in
      let found = try unsaid(in: batch.state)
      guard !found.isEmpty else { return }
      try batch.add(PersonFound(number: request.number, versions: found))
    }
    say(found, of: request, in: store.state)
  }

  private func say(
    _ unsaid: [String: RecordSelection], of request: DeletionRequest, in state: RegistryState
  ) {
    guard !unsaid.isEmpty else { return }
    notice(
      "the log did not say that \(unsaid.versions(in: state)) holds records of request "
        + "'\(request.id)', and now does: somebody left it out")
  }

  /// The people of whom the log does not say where they are, as far as cases and lineages can be
  /// opened.
  func unsaidFindings(in store: RegistryStore) throws -> [Finding] {
    let steps = OpenedSteps(in: store)
    do {
      return try store.state.cases.indices.compactMap { ordinal in
        guard let request = try store.readable(ordinal) else { return nil }
        let found = try PersonSearch(of: request.selector, among: steps).steps(in: store.state)
        let unsaid = store.state.unsaid(found, of: ordinal)
        guard !unsaid.isEmpty else { return nil }
        return Finding(
          "case \(request.number)",
          "is of a person whose records \(unsaid.versions(in: store.state)) was trained on, and the "
            + "log does not say so", isGood: false)
      }
    } catch RegistryError.sealed(let file, _) {
      return [
        Finding.note(
          "log", "whether it leaves anybody out was not checked: '\(file)' cannot be opened")
      ]
    }
  }
}
