package import Records

extension RegistryState {
  /// The state of a case: what was decided and certified, and what every alias serves now.
  ///
  /// It is closed only as long as no alias serves a version that holds more of the person than
  /// nothing.
  package func requestState(of ordinal: Int) -> RequestState {
    let found = cases[ordinal]
    switch found.decision {
    case nil: return .received
    case .refused: return .refused
    case .approved: break
    }
    let certificates = certificates(for: ordinal)
    let isMet = found.isCleared || certificates.contains(where: \.closes)
    if isMet, !isServed(ordinal) { return .closed }
    return certificates.contains(where: \.mitigates) ? .mitigated : .approved
  }

  /// Whether parts are sealed in a folder, by what the log says.
  func namesParts(in folder: String) -> Bool {
    switch folder {
    case SealedScope.lineage.folder:
      versions.contains { $0.parts.contains { $0.recordCount > 0 } }
    case SealedScope.reasons.folder: !reasons.isEmpty
    default:
      cases.contains { SealedScope.request($0.number).folder == folder }
        || datasets.contains { SealedScope.dataset($0.name).folder == folder }
    }
  }

  /// Whether an alias serves a version that is not clear of a case's person.
  package func isServed(_ ordinal: Int) -> Bool {
    aliases.values.contains { exposure(of: $0.version, to: ordinal) != .clear }
  }
}
