import Records

extension Check {
  /// The «MIA» of the paper: the share of the forget set that a support vector machine on the
  /// confidence p_y takes for non-members (algorithms B.2).
  ///
  /// It is near 1 for any model that answers the forget set wrongly, so it is reported beside the
  /// paper's figures and decides nothing. Trained on at most 2,000 members (the first of the retain
  /// set, then by stride) and 2,000 test records; O(n) memory.
  static let legacyMIA = Check(
    id: "legacy-mia", title: "MIA as the paper computes it (legacy)", purpose: .information,
    bounds: []
  ) { observations, _ in
    guard let retain = observations.original.retain, retain.count > 0 else {
      return Outcome(
        status: .notAssessed, finding: "The training records that stay are not at hand.",
        measurements: [])
    }
    let quantity = "share of the forget set taken for non-members (SVC on the confidence)"
    var measurements: [Measurement] = []
    for (role, model, suffix) in observations.models {
      guard let share = legacyShare(model) else { continue }
      measurements.append(.share(quantity + suffix, role, model.forget.count, share))
    }
    let value = legacyShare(observations.candidate).map(Phrase.percent) ?? "unknown"
    return Outcome(
      status: .notAssessed,
      finding:
        "For comparison with the paper only, deciding nothing: \(value) of the forget set is "
        + "taken for records that were not trained on.",
      measurements: measurements)
  }

  private static func legacyShare(_ model: ModelPredictions) -> Double? {
    guard let retain = model.retain, retain.count > 0, model.forget.count > 0 else { return nil }
    let members = Array(retain.confidences.prefix(model.test.count))
    let machine = SupportVectorMachine(
      positives: strided(members, limit: 2_000),
      negatives: strided(model.test.confidences, limit: 2_000))
    let outside = model.forget.confidences.count { machine.decision($0) <= 0 }
    return Double(outside) / Double(model.forget.count)
  }

  private static func strided(_ values: [Double], limit: Int) -> [Double] {
    guard values.count > limit else { return values }
    return (0..<limit).map { values[$0 * values.count / limit] }
  }

  /// The «W-distance» of the paper: Wasserstein-1 between the histograms of answered class numbers
  /// (algorithms B.3).
  ///
  /// It depends on how classes are numbered and is 0 for equal histograms whatever the answers, so it
  /// decides nothing.
  static let legacyWasserstein = Check(
    id: "legacy-wasserstein", title: "Wasserstein distance as the paper computes it (legacy)",
    purpose: .information, bounds: []
  ) { observations, _ in
    guard !observations.references.isEmpty else {
      return Outcome(
        status: .notAssessed, finding: "There is no retrained reference to compare with.",
        measurements: [])
    }
    func numbers(_ model: ModelPredictions) -> [Double] { model.test.answers.map(Double.init) }
    var measurements: [Measurement] = []
    for (role, model) in [
      (Role.candidate, observations.candidate), (.original, observations.original),
    ] {
      measurements += observations.references.enumerated().map {
        .share(
          "Wasserstein-1 distance of class numbers to the reference\(Phrase.reference($0))", role,
          model.test.count, wassersteinDistance(numbers(model), numbers($1)))
      }
    }
    return Outcome(
      status: .notAssessed,
      finding: "For comparison with the paper only, deciding nothing: the distance depends on how "
        + "classes are numbered.", measurements: measurements)
  }
}

extension Observations {
  /// Every model with its role and, from the second reference on, its number.
  var models: [(Role, ModelPredictions, String)] {
    [(.candidate, candidate, ""), (.original, original, "")]
      + references.enumerated().map { (.reference, $1, Phrase.reference($0)) }
  }
}
