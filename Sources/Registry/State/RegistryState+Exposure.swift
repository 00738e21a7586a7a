package import Records

extension RegistryState {
  /// What each part of a version holds of a case's person.
  ///
  /// Cost: the length of the version's ancestry.
  package func exposures(of version: Int, to ordinal: Int) -> [String: Exposure] {
    parts(of: version, to: ordinal).mapValues(\.exposure)
  }

  /// The worst of them.
  package func exposure(of version: Int, to ordinal: Int) -> Exposure {
    exposures(of: version, to: ordinal).values.max() ?? .clear
  }

  /// What each part of a version that is not made yet would hold.
  package func exposures(
    ofStep parts: [PartMade], after parent: Int?, to ordinal: Int
  ) -> [String: Exposure] {
    let held = parent.map { self.parts(of: $0, to: ordinal) } ?? [:]
    return Self.after(parts, held, to: ordinal).mapValues(\.exposure)
  }

  private func parts(of version: Int, to ordinal: Int) -> [String: HeldPart] {
    var held: [String: HeldPart] = [:]
    for step in ancestry(of: version).reversed() {
      held = Self.after(versions[step].parts, held, to: ordinal)
      let verdict = certificates(of: step).last { $0.ordinal == ordinal && $0.mitigates }
      held = held.mapValues { $0.certified(verdict) }
    }
    return held
  }

  /// What every version holds of a case's person, by the versions' ordinals.
  ///
  /// Cost: each version is looked at once, as parents come before what is made from them.
  package func exposuresOfAll(to ordinal: Int) -> [Exposure] {
    var held: [[String: HeldPart]] = []
    return versions.map { version in
      let own = Self.after(
        version.parts, version.parent.map { held[$0] } ?? [:], to: ordinal)
      let verdict = certificates(of: held.count).last { $0.ordinal == ordinal && $0.mitigates }
      held.append(own.mapValues { $0.certified(verdict) })
      return held[held.count - 1].values.map(\.exposure).max() ?? .clear
    }
  }

  private static func after(
    _ parts: [PartMade], _ held: [String: HeldPart], to ordinal: Int
  ) -> [String: HeldPart] {
    Dictionary(
      parts.map { ($0.name, HeldPart(held[$0.name], $0, ordinal)) }, uniquingKeysWith: { $1 })
  }

  /// The version and its ancestors by their ordinals, itself first.
  package func ancestry(of version: Int) -> [Int] {
    var steps = [version]
    while let parent = versions[steps[steps.count - 1]].parent { steps.append(parent) }
    return steps
  }

  /// The steps whose training is still in a part of a version, itself first.
  func steps(of part: String, in version: Int) -> [Int] {
    var steps: [Int] = []
    for step in ancestry(of: version) {
      steps.append(step)
      if versions[step].parts.first(where: { $0.name == part })?.origin == .scratch { break }
    }
    return steps
  }

  /// The cases whose person a version at `after` holds more of than one at `before`, refused ones
  /// left out, by their ordinal.
  package func undone(from before: Int?, to after: Int) -> RecordSelection {
    var holdings = Holdings(in: self)
    let next = holdings.held(by: after)
    let now = before.map { holdings.held(by: $0) }
    let nobody = RecordSelection([])
    let worse = next.exposed.subtracting(now?.exposed ?? nobody)
      .union(
        next.mitigated.subtracting(now?.exposed ?? nobody).subtracting(now?.mitigated ?? nobody))
    guard !worse.isEmpty else { return worse }
    // A kept state may be anybody's, and name people of no case.
    return worse.subtracting(refused).intersection(RecordSelection(range: cases.indices))
  }
}

/// What a part of a network holds of one person, on the way through its steps.
private struct HeldPart {
  private(set) var exposure: Exposure
  /// Whether everything it was trained on is known.
  private let isKnown: Bool

  /// The part after one more step, before any certificate of that step.
  ///
  /// Weights from scratch carry nothing over; the parent's weights carry everything. A step that
  /// needs a parent and has none is of unknown training.
  init(_ before: HeldPart?, _ step: PartMade, _ ordinal: Int) {
    var (exposure, isKnown): (Exposure, Bool) =
      switch step.origin {
      case .scratch: (.clear, true)
      case .imported: before.map { ($0.exposure, $0.isKnown) } ?? (.clear, true)
      case .parent: before.map { ($0.exposure, $0.isKnown) } ?? (.exposed, false)
      }
    if !step.isKnown { (exposure, isKnown) = (.exposed, false) }
    if step.holds.contains(ordinal) { exposure = .exposed }
    self.exposure = exposure
    self.isKnown = isKnown
  }

  /// The part in the light of the newest certificate that mitigates.
  ///
  /// PASS clears, less mitigates. Nothing is said of records that are not known.
  func certified(_ certificate: CertificateState?) -> HeldPart {
    guard let certificate, isKnown else { return self }
    var part = self
    part.exposure = certificate.closes ? .clear : min(exposure, .mitigated)
    return part
  }
}

extension RecordSelection {
  /// Whether a position is in it, by binary search.
  package func contains(_ position: Int) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(position)
  }
}

extension RegistryState {
  /// What each part of a version holds of somebody who has no case, found in these steps.
  package func exposures(
    of version: Int, toPersonIn steps: [String: RecordSelection]
  ) -> [String: Exposure] {
    var imagined = self
    let ordinal = cases.count
    for (part, ordinals) in steps {
      for step in ordinals.indices {
        imagined.versions[step].parts = imagined.versions[step].parts.map {
          $0.name == part ? $0.holding(ordinal) : $0
        }
      }
    }
    return imagined.exposures(of: version, to: ordinal)
  }
}

extension PartMade {
  /// The part, holding one more person.
  func holding(_ ordinal: Int) -> PartMade {
    PartMade(
      name: name, origin: origin, isKnown: isKnown, recordCount: recordCount,
      holds: holds.union(RecordSelection([ordinal])))
  }
}
