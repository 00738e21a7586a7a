import Records

extension Check {
  /// Whether the model answers the person's records as one that never saw them would.
  ///
  /// For a request that takes whole classes the candidate must not answer them more than the
  /// reference does; for other requests neither more nor less (two one-sided tests). The person's
  /// training records and held-out records must both hold.
  static let forgetAccuracy = Check(
    id: "forget-accuracy", title: "Accuracy on the person's records", purpose: .forgetting,
    bounds: [
      Bound("passExcessPartsPerMillion", 0...1_000_000, notAbove: "warnExcessPartsPerMillion"),
      Bound("warnExcessPartsPerMillion", 0...1_000_000),
    ]
  ) { observations, thresholds in
    let band = Band(
      pass: thresholds.share("passExcessPartsPerMillion"),
      warn: thresholds.share("warnExcessPartsPerMillion"),
      isTwoSided: !observations.forgetsWholeClasses)
    let splits: [PersonsRecords] = [
      PersonsRecords(name: Phrase.forget) { $0.forget },
      PersonsRecords(name: Phrase.heldOut) { $0.heldOut },
    ]
    let results = splits.filter { $0.split(observations.original).count > 0 }.map {
      $0.compare(observations, band)
    }
    let statuses = results.compactMap(\.status)
    let figures = results.map {
      "\($0.correct) of \($0.count) \($0.name == Phrase.forget ? "forget records" : $0.name)"
    }.joined(separator: " and ")
    return Outcome(
      status: .worst(statuses),
      finding: "The candidate answers correctly \(figures); "
        + ending(observations, CheckStatus.worst(statuses)),
      measurements: results.flatMap(\.measurements))
  }

  private static func ending(_ observations: Observations, _ status: CheckStatus) -> String {
    if observations.references.isEmpty {
      return observations.forgetsWholeClasses
        ? "without a retrained reference it is compared with chance, and cannot pass."
        : "without a retrained reference nothing says how many it should."
    }
    return switch status {
    case .pass: "a model retrained without the person does the same, within the policy's margin."
    case .warn: "that is near a model retrained without the person."
    case .fail: "a model retrained without the person does not."
    case .inconclusive, .notAssessed:
      "the records are too few to tell that from a model retrained without the person."
    }
  }
}

/// One of the two sets of the person's records.
private struct PersonsRecords {
  let name: String
  let split: @Sendable (ModelPredictions) -> Predictions

  struct Comparison {
    let name: String
    let correct: Int
    let count: Int
    /// Nil when there is nothing to compare with.
    let status: CheckStatus?
    let measurements: [Measurement]
  }

  func compare(_ observations: Observations, _ band: Band) -> Comparison {
    let candidate = split(observations.candidate)
    let references = observations.references.map(split)
    var measurements = [
      Measurement.accuracy(candidate, on: name, .candidate),
      .accuracy(split(observations.original), on: name, .original),
    ]
    measurements += references.enumerated().map {
      .accuracy($1, on: name + Phrase.reference($0), .reference)
    }
    let excesses = references.map {
      PairedProportionDifference(candidate.correct, $0.correct)
    }
    let intervals = excesses.map { $0.interval(confidence: 0.95) }
    for (index, (excess, interval)) in zip(excesses, intervals).enumerated() {
      measurements.append(
        .share(
          "accuracy on \(name) above that of the reference\(Phrase.reference(index))", .candidate,
          excess.count, excess.estimate, interval, "Tango paired score, 95 %"))
    }
    return Comparison(
      name: name, correct: candidate.correctCount, count: candidate.count,
      status: status(candidate, intervals, observations, band), measurements: measurements)
  }

  private func status(
    _ candidate: Predictions, _ intervals: [Interval], _ observations: Observations, _ band: Band
  ) -> CheckStatus? {
    if let hull = Interval.hull(intervals) { return band.status(of: hull, isStrict: true) }
    guard observations.forgetsWholeClasses else { return nil }
    let interval = ClopperPearson.interval(
      successes: candidate.correctCount, trials: candidate.count)
    let chance = 1 / Double(observations.classCount)
    return band.status(of: interval.shifted(by: -chance), isStrict: true).capped(at: .warn)
  }
}
