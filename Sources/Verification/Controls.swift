package import Records

/// The checks for forgetting, run on models whose answer is known beforehand.
///
/// A battery that does not fail the original has no power here; one that fails a retrained model
/// sees ghosts. Either way it proves nothing of the candidate (algorithms F).
package struct Controls: Hashable, Sendable {
  /// Whether some check tells that the original holds the person.
  package let detectsOriginal: Bool
  /// The titles of checks that fail a model retrained without the person.
  package let failsReferences: [String]

  package init(detectsOriginal: Bool, failsReferences: [String]) {
    self.detectsOriginal = detectsOriginal
    self.failsReferences = failsReferences
  }

  package init(_ observations: Observations, _ policy: Policy) {
    let checks = Checks.all.filter { $0.purpose == .forgetting }
    func failures(_ observations: Observations) -> [String] {
      checks.compactMap { check in
        guard let bounds = policy.checks[check.id] else { return nil }
        return check.result(observations, bounds).status == .fail ? check.title : nil
      }
    }
    let failing = Set(
      observations.references.indices.flatMap { failures(observations.judgingReference($0)) })
    detectsOriginal = !failures(observations.judgingOriginal).isEmpty
    failsReferences = checks.map(\.title).filter(failing.contains)
  }

  /// What misbehaved, a sentence each.
  package var complaints: [String] {
    var list: [String] = []
    if !detectsOriginal {
      list.append(
        "the checks have no power here: none tells that the original was trained on the person")
    }
    list += failsReferences.map {
      "the check '\($0)' fails a model retrained without the person, so it cannot be trusted here"
    }
    return list
  }
}
