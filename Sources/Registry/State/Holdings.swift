package import Records

/// What versions hold of everybody with a case at once, each version worked out once.
///
/// The same as `RegistryState.exposure(of:to:)` says of each case, by sets of cases: a list asks for
/// thousands of them.
package struct Holdings {
  private let state: RegistryState
  /// What the parts of a version hold, by the version's ordinal.
  private var known: [Int: [String: HeldSets]] = [:]

  package init(in state: RegistryState) { self.state = state }

  /// What a version holds, the worst of its parts for each case.
  ///
  /// Cost: the versions on the way to the first ancestor that was asked for before.
  package mutating func held(by version: Int) -> Held {
    let parts = parts(of: version).values
    if parts.contains(where: { !$0.isKnown }) {
      let all = RecordSelection(range: 0..<state.cases.count)
      return Held(exposed: all, mitigated: RecordSelection([]))
    }
    let exposed = parts.reduce(RecordSelection([])) { $0.union($1.exposed) }
    let mitigated = parts.reduce(RecordSelection([])) { $0.union($1.mitigated) }
    return Held(exposed: exposed, mitigated: mitigated.subtracting(exposed))
  }

  private mutating func parts(of version: Int) -> [String: HeldSets] {
    var steps: [(ordinal: Int, parts: [PartMade])] = []
    var next: Int? = version
    while let step = next, known[step] == nil {
      // Read once: it is decoded each time it is asked for.
      let made = state.versions[step]
      steps.append((step, made.parts))
      next = made.parent
    }
    var held = next.flatMap { known[$0] } ?? [:]
    for (step, parts) in steps.reversed() {
      let certificates = newestMitigating(of: step)
      held = Dictionary(
        parts.map { part in
          (part.name, HeldSets(held[part.name], part).certified(certificates))
        }, uniquingKeysWith: { $1 })
      known[step] = held
    }
    return held
  }

  /// The newest certificate of a version that mitigates, for each case.
  private func newestMitigating(of step: Int) -> [Int: CertificateState] {
    Dictionary(state.certificates(of: step).filter(\.mitigates).map { ($0.ordinal, $0) }) { $1 }
  }
}

/// Whom a version holds something of, by the ordinals of their cases; of nobody else.
package struct Held: Hashable, Sendable {
  package let exposed: RecordSelection
  package let mitigated: RecordSelection

  package func exposure(to ordinal: Int) -> Exposure {
    exposed.contains(ordinal) ? .exposed : mitigated.contains(ordinal) ? .mitigated : .clear
  }
}

/// Whom a part holds something of; everybody, where not all it was trained on is known.
private struct HeldSets {
  private(set) var exposed: RecordSelection
  private(set) var mitigated: RecordSelection
  let isKnown: Bool

  /// The part after one more step, before any certificate of that step: weights from scratch carry
  /// nothing over, the parent's carry everything.
  init(_ before: HeldSets?, _ step: PartMade) {
    let nobody = RecordSelection([])
    let carried = step.origin == .scratch ? nil : before
    isKnown = step.isKnown && (carried?.isKnown ?? (step.origin != .parent))
    exposed = (carried?.exposed ?? nobody).union(step.holds)
    mitigated = (carried?.mitigated ?? nobody).subtracting(step.holds)
  }

  /// The part in the light of certificates: PASS clears, less mitigates.
  func certified(_ certificates: [Int: CertificateState]) -> HeldSets {
    guard !certificates.isEmpty, isKnown else { return self }
    var part = self
    let cleared = RecordSelection(certificates.values.filter(\.closes).map(\.ordinal))
    let lessened = RecordSelection(certificates.values.filter { !$0.closes }.map(\.ordinal))
    part.mitigated = mitigated.union(exposed.intersection(lessened)).subtracting(cleared)
    part.exposed = exposed.subtracting(lessened).subtracting(cleared)
    return part
  }
}

extension RegistryState {
  /// The states of all cases.
  package func requestStates() -> [RequestState] {
    var holdings = Holdings(in: self)
    let served = aliases.values.map { holdings.held(by: $0.version) }
      .reduce(RecordSelection([])) { $0.union($1.exposed).union($1.mitigated) }
    return cases.indices.map { ordinal in
      switch decision(ofCase: ordinal) {
      case nil: return .received
      case .refused: return .refused
      case .approved: break
      }
      let own = certificates(for: ordinal)
      if cases[ordinal].isCleared || own.contains(where: \.closes), !served.contains(ordinal) {
        return .closed
      }
      return own.contains(where: \.mitigates) ? .mitigated : .approved
    }
  }
}
