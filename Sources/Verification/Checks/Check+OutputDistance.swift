import Records

extension Check {
  /// Whether the candidate's outputs are as far from a retrained model's as another retrained
  /// model's are.
  ///
  /// Decided on the Jensen-Shannon divergence (algorithms C.11), paired by record: the candidate's
  /// mean to the references minus the bound times the references' mean to each other, with Student's
  /// interval of that difference (the test behind Fieller's theorem). On the forget set and on other
  /// people's test records; both must hold. Beside it stands the mean over classes of the
  /// Wasserstein-1 distance of the outputs for that class.
  static let outputDistance = Check(
    id: "output-distance", title: "Distance of the outputs to retrained models",
    purpose: .comparison,
    bounds: [
      Bound("passRatioPartsPerMillion", 0...1_000_000_000, notAbove: "warnRatioPartsPerMillion"),
      Bound("warnRatioPartsPerMillion", 0...1_000_000_000),
    ]
  ) { observations, thresholds in
    guard !observations.references.isEmpty else {
      return Outcome(
        status: .notAssessed, finding: "There is no retrained reference to compare with.",
        measurements: [])
    }
    let splits = [
      ComparedRecords(name: Phrase.forget) { $0.forget },
      ComparedRecords(name: Phrase.test) { $0.test },
    ]
    let results = splits.map { $0.compare(observations, thresholds) }
    let status: CheckStatus =
      observations.references.count < 2 ? .notAssessed : .worst(results.map(\.status))
    return Outcome(
      status: status, finding: finding(results), measurements: results.flatMap(\.measurements))
  }

  private static func finding(_ results: [ComparedRecords.Comparison]) -> String {
    let figures = results.map { result in
      guard let baseline = result.baseline else {
        return "\(Phrase.decimal(result.divergence, places: 4)) nats on \(result.name)"
      }
      return
        "\(Phrase.decimal(result.divergence, places: 4)) nats on \(result.name), where retrained "
        + "models differ by \(Phrase.decimal(baseline, places: 4))"
    }.joined(separator: ", and ")
    let ending =
      results.contains { $0.baseline == nil }
      ? "; one reference alone does not say how far retrained models are from each other" : ""
    return "The candidate's outputs differ from the retrained reference's by \(figures)\(ending)."
  }
}

/// Records over which outputs are compared.
private struct ComparedRecords {
  let name: String
  let split: @Sendable (ModelPredictions) -> Predictions

  struct Comparison {
    let name: String
    let status: CheckStatus
    let divergence: Double
    let baseline: Double?
    let measurements: [Measurement]
  }

  func compare(_ observations: Observations, _ thresholds: Thresholds) -> Comparison {
    let candidate = split(observations.candidate)
    let references = observations.references.map(split)
    let divergences = Self.divergences(of: candidate, to: references)
    let baseline = Self.baseline(references)
    func mean(_ values: [Double]) -> Double {
      values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
    var measurements: [Measurement] = []
    for (role, model) in [(Role.candidate, candidate), (.original, split(observations.original))] {
      let values = Self.divergences(of: model, to: references)
      measurements += [
        .share(
          "Jensen-Shannon divergence to the references on \(name), nats", role, values.count,
          mean(values), StudentDistribution.meanInterval(of: values, confidence: 0.95),
          "Student's t, 95 %"),
        .share(
          "Wasserstein-1 distance to the references' outputs on \(name)", role, model.count,
          mean(references.map { Self.wasserstein(model, $0) })),
      ]
    }
    if let baseline {
      measurements += [
        .share(
          "Jensen-Shannon divergence between references on \(name), nats", .reference,
          baseline.count, mean(baseline),
          StudentDistribution.meanInterval(of: baseline, confidence: 0.95), "Student's t, 95 %"),
        .share(
          "Wasserstein-1 distance between references' outputs on \(name)", .reference,
          baseline.count, mean(Self.pairs(references).map { Self.wasserstein($0, $1) })),
      ]
    }
    return Comparison(
      name: name, status: baseline.map { Self.status(divergences, $0, thresholds) } ?? .notAssessed,
      divergence: mean(divergences), baseline: baseline.map(mean), measurements: measurements)
  }

  /// For each record, the mean divergence to the models.
  static func divergences(of model: Predictions, to others: [Predictions]) -> [Double] {
    model.labels.indices.map { index in
      others.reduce(0) {
        $0 + jensenShannonDivergence(model.distribution(index), $1.distribution(index))
      } / Double(others.count)
    }
  }

  /// For each record, the mean divergence over pairs of references; nil for fewer than two.
  static func baseline(_ references: [Predictions]) -> [Double]? {
    let pairs = pairs(references)
    guard let first = references.first, !pairs.isEmpty else { return nil }
    return first.labels.indices.map { index in
      pairs.reduce(0) {
        $0 + jensenShannonDivergence($1.0.distribution(index), $1.1.distribution(index))
      } / Double(pairs.count)
    }
  }

  static func pairs(_ models: [Predictions]) -> [(Predictions, Predictions)] {
    models.indices.flatMap { i in models.indices.dropFirst(i + 1).map { (models[i], models[$0]) } }
  }

  static func wasserstein(_ a: Predictions, _ b: Predictions) -> Double {
    guard a.count > 0 else { return 0 }
    let distances = (0..<a.classCount).map {
      wassersteinDistance(a.outputs(of: $0), b.outputs(of: $0))
    }
    return distances.reduce(0, +) / Double(a.classCount)
  }

  static func status(
    _ divergences: [Double], _ baseline: [Double], _ thresholds: Thresholds
  ) -> CheckStatus {
    func excess(_ name: String) -> Interval? {
      let ratio = thresholds.share(name)
      return StudentDistribution.meanInterval(
        of: zip(divergences, baseline).map { $0 - ratio * $1 }, confidence: 0.95)
    }
    guard let pass = excess("passRatioPartsPerMillion"),
      let warn = excess("warnRatioPartsPerMillion")
    else { return .inconclusive }
    if pass.high <= 0 { return .pass }
    if warn.high <= 0 { return .warn }
    return warn.low > 0 ? .fail : .inconclusive
  }
}
