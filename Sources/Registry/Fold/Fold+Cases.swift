import Records

extension RequestOpened: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard state.ordinal(of: number) == nil else { throw IllegalEvent("opens a case twice") }
    state.append(
      CaseState(
        number: number, opening: opening, receivedOn: receivedOn, index: place.index,
        openedAt: place.time))
  }
}

extension PersonFound: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    let ordinal = try state.knownCase(number)
    var added: [String: Set<Int>] = [:]
    for (version, position) in try places(in: state) {
      let part = state.versions[version].parts[position]
      if part.holds.contains(ordinal) { continue }
      state.versions[version].parts[position] = part.holding(ordinal)
      added[part.name, default: []].insert(version)
    }
    state.cases[ordinal].isSearched = true
    state.overtakeCertificates(for: ordinal, silentOn: added)
  }

  /// Where the person was found, each part by its version and its position there.
  private func places(
    in state: RegistryState
  ) throws(IllegalEvent) -> [(version: Int, position: Int)] {
    var places: [(Int, Int)] = []
    for (part, ordinals) in versions {
      guard ordinals.upperBound <= state.versions.count else {
        throw IllegalEvent("finds a person in a version that is not there")
      }
      for version in ordinals.indices {
        guard
          let position = state.versions[version].parts.firstIndex(where: { $0.name == part })
        else { throw IllegalEvent("finds a person in a part that a version does not have") }
        places.append((version, position))
      }
    }
    return places
  }
}

extension RequestDecided: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    let ordinal = try state.knownCase(number)
    if decision == .approved { try state.requireSearch(for: ordinal) }
    switch (state.requestState(of: ordinal), decision) {
    case (.received, _), (.approved, .refused): break
    case (let before, _):
      throw IllegalEvent("brings a case that is \(before.rawValue) to \(decision.rawValue)")
    }
    state.index.add(decision: decision, ofCase: ordinal)
    state.cases[ordinal].decision = decision
    state.cases[ordinal].decisionOpening = opening
    state.cases[ordinal].openings.append(opening)
    state.cases[ordinal].decidedAt = place.time
    state.cases[ordinal].decidedIndex = place.index
  }
}

extension CaseCleared: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    let ordinal = try state.knownCase(number)
    try state.requireSearch(for: ordinal)
    guard state.cases[ordinal].decision == .approved, !state.aliases.isEmpty,
      !state.isServed(ordinal)
    else { throw IllegalEvent("clears a case that is not approved, or whose person is served") }
    state.cases[ordinal].isCleared = true
  }
}

extension RegistryState {
  /// What was measured before records were found says nothing of them.
  fileprivate mutating func overtakeCertificates(
    for ordinal: Int, silentOn added: [String: Set<Int>]
  ) {
    for index in positions(ofCertificatesFor: ordinal) {
      let isSilent = added.contains { part, versions in
        !versions.isDisjoint(with: steps(of: part, in: certificates[index].version))
      }
      if isSilent { certificates[index].isOvertaken = true }
    }
  }

  /// Nothing is decided of a person whom the engine was not asked to look for: whoever keeps the log
  /// might have left out what it found.
  fileprivate func requireSearch(for ordinal: Int) throws(IllegalEvent) {
    guard cases[ordinal].isSearched else {
      throw IllegalEvent(
        "is about case \(cases[ordinal].number), whose person was not searched for")
    }
  }

  func knownCase(_ number: CaseNumber) throws(IllegalEvent) -> Int {
    guard let ordinal = ordinal(of: number) else {
      throw IllegalEvent("is about case \(number), which was not opened")
    }
    return ordinal
  }

  func knownVersion(_ digest: Digest) throws(IllegalEvent) -> Int {
    guard let ordinal = ordinal(of: digest) else {
      throw IllegalEvent("is about version \(digest.short), which was not made")
    }
    return ordinal
  }

  func knownRun(_ run: Digest) throws(IllegalEvent) -> RunState {
    guard let found = self.run(run) else {
      throw IllegalEvent("is of run \(run.short), which did not begin")
    }
    return found
  }
}
