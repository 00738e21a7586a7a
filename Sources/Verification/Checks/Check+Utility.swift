import Records

extension Check {
  /// Whether the model still serves other people, on records nobody trained on.
  static let utilityTest = utility(
    id: "utility-test", title: "Accuracy for other people, test records", records: Phrase.test
  ) { $0.test }

  /// Whether the model still serves other people, on their training records.
  static let utilityRetain = utility(
    id: "utility-retain", title: "Accuracy for other people, training records",
    records: Phrase.retain
  ) { $0.retain }

  /// Non-inferiority to the original: the one-sided 95 % bound of the paired drop (Tango 1998)
  /// against the policy's margins, and no class that was certainly harmed.
  private static func utility(
    id: String, title: String, records: String,
    _ split: @escaping @Sendable (ModelPredictions) -> Predictions?
  ) -> Check {
    Check(
      id: id, title: title, purpose: .utility,
      bounds: [
        Bound("passDropPartsPerMillion", 0...1_000_000, notAbove: "warnDropPartsPerMillion"),
        Bound("warnDropPartsPerMillion", 0...1_000_000),
        Bound(
          "passClassDropPartsPerMillion", 0...1_000_000,
          notAbove: "warnClassDropPartsPerMillion"),
        Bound("warnClassDropPartsPerMillion", 0...1_000_000),
      ]
    ) { observations, thresholds in
      guard let candidate = split(observations.candidate),
        let original = split(observations.original), original.count > 0
      else {
        return Outcome(
          status: .notAssessed, finding: "There are no \(records) at hand.", measurements: [])
      }
      let references = observations.references.compactMap(split)
      return utilityOutcome(candidate, original, references, records, thresholds)
    }
  }

  private static func utilityOutcome(
    _ candidate: Predictions, _ original: Predictions, _ references: [Predictions],
    _ records: String, _ thresholds: Thresholds
  ) -> Outcome {
    let drop = PairedProportionDifference(original.correct, candidate.correct)
    // Each bound of a two-sided 90 % interval is one-sided at 95 %.
    let interval = drop.interval(confidence: 0.9)
    let overall = Band(
      pass: thresholds.share("passDropPartsPerMillion"),
      warn: thresholds.share("warnDropPartsPerMillion"), isTwoSided: false
    ).status(of: interval, isStrict: true)
    let worst = ClassDrop.worst(candidate, original)
    var status = overall
    if let worst {
      if worst.low > thresholds.share("warnClassDropPartsPerMillion") {
        status = .fail
      } else if worst.low > thresholds.share("passClassDropPartsPerMillion") {
        status = status.capped(at: .warn)
      }
    }
    var measurements = [
      Measurement.accuracy(candidate, on: records, .candidate),
      .accuracy(original, on: records, .original),
    ]
    measurements += references.enumerated().map {
      .accuracy($1, on: records + Phrase.reference($0), .reference)
    }
    measurements.append(
      .share(
        "drop against the original on \(records)", .candidate, drop.count, drop.estimate, interval,
        "Tango paired score, two-sided 90 % (each bound one-sided 95 %)"))
    if let worst { measurements.append(worst.measurement) }
    let harmed =
      status == overall
      ? "" : worst.map { ", and the class of index \($0.label) is certainly harmed" }
    let comparison =
      drop.estimate < 0
      ? "\(Phrase.points(-drop.estimate)) more accurate"
      : "\(Phrase.points(drop.estimate)) less accurate"
    return Outcome(
      status: status,
      finding:
        "On \(drop.count) \(records) the candidate is \(comparison) than the original; the loss is at "
        + "most \(Phrase.points(interval.high)) with 95 % confidence\(harmed ?? "").",
      measurements: measurements)
  }
}

/// The class whose people lose most.
private struct ClassDrop {
  let label: Int
  let drop: PairedProportionDifference
  /// One-sided at 95 % over all classes together (Bonferroni).
  let low: Double

  static func worst(_ candidate: Predictions, _ original: Predictions) -> ClassDrop? {
    let places = Dictionary(grouping: original.labels.indices) { original.labels[$0] }
    let confidence = 1 - 2 * 0.05 / Double(max(1, places.count))
    let before = original.correct
    let after = candidate.correct
    let all = places.map { label, indices in
      let drop = PairedProportionDifference(
        indices.map { before[$0] }, indices.map { after[$0] })
      return ClassDrop(
        label: label, drop: drop, low: drop.interval(confidence: confidence).low)
    }
    // The class that is most certainly harmed; the first of equals.
    return all.max { ($0.low, $0.drop.estimate, -$0.label) < ($1.low, $1.drop.estimate, -$1.label) }
  }

  var measurement: Measurement {
    .share(
      "drop of the class whose lower bound is highest, class index \(label)", .candidate,
      drop.count, drop.estimate,
      Interval(low: low, high: 1), "Tango paired score, lower bound 95 % over all classes")
  }
}
