package import Records

/// What one part of a network, extractor or classifier, holds of a person.
package struct PartExposure: Hashable, Sendable {
  package private(set) var exposure: Exposure
  /// Whether everything the part was trained on is known.
  package private(set) var isKnown: Bool
  /// The person's records that the part, in any step its weights went through, was trained on.
  package private(set) var records: [Digest: RecordSelection]

  /// A part with seeded weights.
  static let untrained = PartExposure(exposure: .clear, isKnown: true, records: [:])

  /// The part after one more step, before any certificate of that step.
  ///
  /// Weights from scratch carry nothing over; the parent's weights carry everything. An imported
  /// file carries what its parent held, when one was named. A step that needs a parent and has none
  /// is of unknown training.
  func after(
    _ training: TrainingData, origin: Origin, hasParent: Bool, person: [Digest: RecordSelection]
  ) -> PartExposure {
    var part: PartExposure =
      switch (origin, hasParent) {
      case (.scratch, _), (.imported, false): .untrained
      case (.parent, true), (.imported, true): self
      case (.parent, false): PartExposure(exposure: .exposed, isKnown: false, records: [:])
      }
    if !training.isKnown {
      part.isKnown = false
      part.exposure = .exposed
    }
    for set in training.sets {
      guard let theirs = person[set.manifest] else { continue }
      let trained = set.records.intersection(theirs)
      guard !trained.isEmpty else { continue }
      part.exposure = .exposed
      part.records[set.manifest] = part.records[set.manifest]?.union(trained) ?? trained
    }
    return part
  }

  /// The part in the light of what was certified of its version.
  ///
  /// The newest certificate that covers every record of the person the part was trained on decides:
  /// PASS clears, WARN mitigates, FAIL does nothing. A later one about some of the records can only
  /// lessen it. Nothing covers records that are not known.
  func certified(by certificates: [LineageStep.Assurance]) -> PartExposure {
    guard isKnown, !records.isEmpty else { return self }
    var verdict: Verdict?
    for certificate in certificates {
      if covers(certificate.covered) {
        verdict = certificate.verdict
      } else if touches(certificate.covered) {
        verdict = verdict.map { min($0, certificate.verdict) }
      }
    }
    var part = self
    switch verdict {
    case .pass: part.exposure = .clear
    case .warn: part.exposure = min(exposure, .mitigated)
    case .fail, nil: break
    }
    return part
  }

  private func covers(_ covered: [Digest: RecordSelection]) -> Bool {
    records.allSatisfy { manifest, records in
      covered[manifest].map { records.isSubset(of: $0) } ?? false
    }
  }

  private func touches(_ covered: [Digest: RecordSelection]) -> Bool {
    records.contains { manifest, records in
      covered[manifest].map { !records.intersection($0).isEmpty } ?? false
    }
  }
}
