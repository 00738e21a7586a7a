import Records

extension Check {
  /// What the registry's records say: how far the method reached and where the weights come from.
  static let provenance = Check(
    id: "provenance", title: "Where the weights come from", purpose: .provenance, bounds: []
  ) { observations, _ in
    let provenance = observations.provenance
    let covered = "\(provenance.coveredRecords) of \(provenance.requestedRecords)"
    let coverage = Measurement.share(
      "requested records the method reached", .candidate, provenance.requestedRecords,
      Double(provenance.coveredRecords) / Double(max(1, provenance.requestedRecords)))
    func outcome(_ status: CheckStatus, _ finding: String) -> Outcome {
      Outcome(status: status, finding: finding, measurements: [coverage])
    }
    if provenance.coveredRecords < provenance.requestedRecords {
      return outcome(.warn, "The method reached only \(covered) requested records.")
    }
    if observations.isExact {
      return outcome(
        .pass,
        "By its manifest and recipe no part of the candidate was ever trained on the "
          + "\(provenance.requestedRecords) requested records.")
    }
    if provenance.candidate.overall == .clear {
      return outcome(
        .fail,
        "The registry calls the candidate clear, but its extractor is byte for byte one that was "
          + "trained on the person.")
    }
    return outcome(
      .warn,
      "The method reached \(covered) requested records, but the weights started from a version that "
        + "was trained on them (extractor \(provenance.candidate.extractor.rawValue), classifier "
        + "\(provenance.candidate.classifier.rawValue)).")
  }
}
