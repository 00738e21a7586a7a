package import Records

extension Evidence {
  /// The results with what plots need.
  package init(_ checks: [CheckResult], _ observations: Observations, labelNames: [String]) {
    self.init(
      checks: checks, classes: ClassAccuracy.all(observations, labelNames),
      distributions: Distribution.all(observations), tensors: observations.tensors)
  }
}

extension ClassAccuracy {
  /// Over all test records, those of the person included, for every class that has some.
  fileprivate static func all(_ observations: Observations, _ names: [String]) -> [ClassAccuracy] {
    func counts(_ model: ModelPredictions, _ include: (Predictions, Int) -> Bool) -> [Int] {
      var counts = [Int](repeating: 0, count: model.test.classCount)
      for predictions in [model.test, model.heldOut] {
        for index in predictions.labels.indices where include(predictions, index) {
          counts[predictions.labels[index]] += 1
        }
      }
      return counts
    }
    func correct(_ model: ModelPredictions) -> [Int] {
      counts(model) { $0.answers[$1] == $0.labels[$1] }
    }
    let totals = counts(observations.original) { _, _ in true }
    let original = correct(observations.original)
    let candidate = correct(observations.candidate)
    let reference = observations.references.first.map(correct)
    return totals.indices.filter { totals[$0] > 0 }.map { label in
      ClassAccuracy(
        label: label, name: label < names.count ? names[label] : "\(label)",
        testCount: totals[label], originalCorrect: original[label],
        candidateCorrect: candidate[label], referenceCorrect: reference?[label])
    }
  }
}

extension Distribution {
  private static let binCount = 20

  /// Of p_y, over the forget set and the held-out records, for candidate, original and the first
  /// reference.
  fileprivate static func all(_ observations: Observations) -> [Distribution] {
    var models: [(Role, ModelPredictions)] = [
      (.candidate, observations.candidate), (.original, observations.original),
    ]
    if let first = observations.references.first { models.append((.reference, first)) }
    return models.flatMap { role, model in
      [(model.forget, "forget set"), (model.heldOut, "held-out records of the person")]
        .filter { $0.0.count > 0 }.map { predictions, records in
          Distribution(
            quantity: "confidence in the true class", role: role, records: records,
            counts: histogram(predictions.confidences))
        }
    }
  }

  private static func histogram(_ values: [Double]) -> [Int] {
    values.reduce(into: [Int](repeating: 0, count: binCount)) { counts, value in
      counts[min(binCount - 1, max(0, Int(value * Double(binCount))))] += 1
    }
  }
}
