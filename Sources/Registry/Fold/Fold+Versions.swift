import Records

extension VersionMade: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard state.models.contains(model) else {
      throw IllegalEvent("is of model '\(model)', which was not added")
    }
    let next = state.nextNumber(of: model)
    guard number == next else { throw IllegalEvent("is v\(number) where v\(next) is the next") }
    guard state.ordinal(of: version) == nil else { throw IllegalEvent("is made twice") }
    let parent: Int? = if let parent { try state.knownVersion(parent) } else { nil }
    try checkParts(in: state)
    try checkImport(in: state, parent: parent)
    if let run {
      let begun = try state.knownRun(run)
      guard begun.version == nil, begun.parent == parent else {
        throw IllegalEvent("is of a run that made another version, or from another parent")
      }
      let made = state.versions.count
      state.change(run) { $0.version = made }
    }
    state.append(
      VersionState(
        model: model, number: number, digest: version, manifestSize: manifestSize,
        weights: weights, configuration: configuration, lineage: lineage, signature: signature,
        parent: parent, method: method, scope: scope, parts: parts, run: run, index: place.index,
        time: place.time))
  }

  /// An import of weights that a version has already is made from it, and holds what it holds.
  private func checkImport(in state: RegistryState, parent: Int?) throws(IllegalEvent) {
    guard method == Self.importing, let same = state.version(ofWeights: weights) else { return }
    guard parent == same, parts.allSatisfy({ $0.origin == .parent }) else {
      throw IllegalEvent(
        "imports the weights of \(state.versions[same].name) and is not made from it")
    }
  }

  private func checkParts(in state: RegistryState) throws(IllegalEvent) {
    let names = parts.map(\.name) + [method] + [scope].compactMap { $0 }
    guard names.allSatisfy({ (try? RegistryName.check($0, for: "a part")) != nil }),
      Set(parts.map(\.name)).count == parts.count, !parts.isEmpty
    else { throw IllegalEvent("has parts without names, or with the same") }
    guard
      parts.allSatisfy({
        (0...RecordSelection.positionLimit).contains($0.recordCount)
          && $0.holds.upperBound <= state.cases.count
      })
    else { throw IllegalEvent("holds a person of a case that was not opened") }
    guard parent != nil || parts.allSatisfy({ $0.origin != .parent }) else {
      throw IllegalEvent("has weights of a parent and no parent")
    }
  }
}

extension AliasMoved: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    let name = AliasName(model: model, alias: alias)
    guard (try? RegistryName.checkAlias(alias)) != nil else {
      throw IllegalEvent("names an alias as no alias may be named")
    }
    let target = try state.knownVersion(to)
    guard state.versions[target].model == model else {
      throw IllegalEvent("moves an alias to a version of another model")
    }
    let standing = state.aliases[name]
    guard standing.map({ state.versions[$0.version].digest }) == from else {
      throw IllegalEvent("moves an alias from where it does not stand")
    }
    guard cause != .rollback || standing?.stoodAt.contains(target) == true else {
      throw IllegalEvent("rolls an alias back to where it never stood")
    }
    guard undone == state.undone(from: standing?.version, to: target) else {
      throw IllegalEvent("moves an alias without saying which requests that undoes")
    }
    guard undone.isEmpty || opening != nil else {
      throw IllegalEvent("undoes requests without a reason")
    }
    if let opening { state.reasons.insert(opening) }
    state.aliases[name] = AliasState(
      version: target,
      stoodAt: (standing?.stoodAt ?? RecordSelection([])).union(RecordSelection([target])),
      index: place.index)
  }
}
