/// A state that is read in two halves at once.
extension RegistryState {
  /// The state with what another has from the first case on; `isAlone` where there is no case, and the
  /// whole text was read into this half.
  ///
  /// - Returns: nil where a half has what belongs into the other: the lines were not in order.
  func joined(by tail: RegistryState, isAlone: Bool) -> RegistryState? {
    if isAlone { return self }
    guard !hasTail, !tail.hasHead else { return nil }
    var whole = self
    whole.cases = tail.cases
    whole.caseOrdinals = tail.caseOrdinals
    whole.certificates = tail.certificates
    whole.certificatesOfVersion = tail.certificatesOfVersion
    whole.aliases = tail.aliases
    whole.runs = tail.runs
    whole.erased = tail.erased
    whole.reasons = tail.reasons
    whole.voids = tail.voids
    whole.heads = tail.heads
    return whole
  }

  /// Whether it has anything that is written behind the first case.
  private var hasTail: Bool {
    !(cases.isEmpty && certificates.isEmpty && aliases.isEmpty && runs.isEmpty && erased.isEmpty
      && reasons.isEmpty && voids.isEmpty && heads.isEmpty)
  }

  /// Whether it has anything that is written before the first case.
  private var hasHead: Bool {
    !(id.isEmpty && size == 0 && time.isEmpty && newerSchema == nil && requestTags == nil
      && formerRequestTags == nil && keys.isEmpty && models.isEmpty && datasets.isEmpty
      && policies.isEmpty && versions.isEmpty)
  }
}
