package import Records

/// Makes a verdict of results, provenance and controls; knows nothing of the method (algorithms F).
package enum Judge {
  /// The words for a classifier changed on an extractor that knows the person.
  package static let outputSuppression = "output suppression; representation unchanged"

  package static func judge(
    _ checks: [CheckResult], _ observations: Observations, _ controls: Controls
  ) -> Judgement {
    let caps = caps(observations, controls)
    var reasons: [String] = []
    if observations.isExact {
      reasons.append(
        "By its manifest and recipe the candidate never saw the person: it is judged on that and on "
          + "its usefulness, and the attacks are sanity checks.")
      reasons += controls.complaints.map(sentence)
    }
    let failed = failing(checks, observations)
    let open = unsettled(checks, observations)
    let verdict: Verdict =
      !failed.isEmpty ? .fail : open.isEmpty && caps.isEmpty ? .pass : .warn
    if observations.isNothingChanged && !observations.tensors.isEmpty && !observations.isExact {
      reasons.append("No weight of the candidate differs from the original's.")
      return Judgement(verdict: .fail, caps: caps, reasons: reasons + (failed + open).map(reason))
    }
    reasons += failed.map(reason) + open.map(reason)
    // What failed without deciding is still said.
    let overruled = checks.filter { result in
      result.status == .fail && !failed.contains(result)
    }
    reasons += overruled.map { "It does not decide, but \(reason($0))" }
    if verdict == .pass {
      reasons.append(
        observations.isExact
          ? "Provenance and usefulness are as the policy asks, and no attack contradicts them; an "
            + "attack that is INCONCLUSIVE proves nothing either way."
          : "Every check that the policy asks for came out as it must.")
    } else if failed.isEmpty && open.isEmpty {
      reasons.append("The checks are met; the verdict is held at WARN by what caps it.")
    }
    return Judgement(verdict: verdict, caps: caps, reasons: reasons)
  }

  /// Mandatory checks that failed; on the exact route a distance to other retrained models is no
  /// contradiction.
  private static func failing(
    _ checks: [CheckResult], _ observations: Observations
  ) -> [CheckResult] {
    checks.filter { result in
      guard result.isMandatory, result.status == .fail else { return false }
      return !(observations.isExact && Checks.named(result.id)?.purpose == .comparison)
    }
  }

  /// Mandatory checks that neither passed nor failed; on the exact route only what it rests on.
  private static func unsettled(
    _ checks: [CheckResult], _ observations: Observations
  ) -> [CheckResult] {
    checks.filter { result in
      guard result.isMandatory, result.status != .pass, result.status != .fail else { return false }
      guard observations.isExact else { return true }
      return switch Checks.named(result.id)?.purpose {
      case .utility, .provenance: true
      case .forgetting, .comparison, .information, nil: false
      }
    }
  }

  private static func reason(_ result: CheckResult) -> String {
    "\(result.title): \(result.status.rawValue). \(result.finding)"
  }

  private static func sentence(_ clause: String) -> String {
    clause.prefix(1).uppercased() + clause.dropFirst() + "."
  }

  /// Everything that holds the verdict at WARN.
  package static func caps(_ observations: Observations, _ controls: Controls) -> [String] {
    let provenance = observations.provenance
    var caps: [String] = []
    if observations.keepsExposedExtractor { caps.append(outputSuppression) }
    if !observations.isExact {
      if !observations.keepsExposedExtractor {
        caps.append(
          "the weights started from a version trained on the person, and what the representation "
            + "keeps of them was not assessed")
      }
      if observations.references.isEmpty {
        caps.append(
          "no model retrained without the person to compare with: nothing was found is all that can "
            + "be said")
      }
      caps += controls.complaints
    }
    if provenance.coveredRecords < provenance.requestedRecords {
      caps.append(
        "the method reached \(provenance.coveredRecords) of \(provenance.requestedRecords) requested "
          + "records")
    }
    if provenance.isTunedOnEvidence {
      caps.append("constants were chosen on the figures that certify")
    }
    return caps
  }
}
