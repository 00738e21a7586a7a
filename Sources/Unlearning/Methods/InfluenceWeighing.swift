import Records

/// Weighs the forget records by their influence, as often as ν asks, and remembers what it saw.
struct InfluenceWeighing {
  private let values: RecipeValues
  private var first: Influence?
  private var updateCount = 0
  private var iterations = 0
  private var worstResidual = 0.0

  init(_ values: RecipeValues) { self.values = values }

  /// The weights for an epoch, or nil where ν keeps the last ones.
  ///
  /// ν = 0: once, before the first epoch; 1: before each; 2: before every second (paper, Table 5).
  ///
  /// - Throws: `UnlearningError.diverged` for an influence that is not finite.
  mutating func weights(
    _ epoch: Int, _ classifier: ExtendedClassifier, _ pack: FeaturePack
  ) throws -> [Double]? {
    let frequency = values.integer(ImuParameters.updateFrequency)
    guard epoch == 0 || frequency > 0 && epoch.isMultiple(of: frequency) else { return nil }
    let influence = influence(classifier, pack)
    guard influence.scores.allSatisfy({ Parts.perBillion($0) != nil }) else {
      throw UnlearningError.diverged(
        "an influence", method: "imu", step: epoch,
        advice:
          "raise weightDecayPartsPerBillion, or dampingPartsPerMillion for the diagonal Fisher"
      )
    }
    first = first ?? influence
    updateCount += 1
    iterations += influence.solverIterations
    worstResidual = max(worstResidual, influence.solverRelativeResidual)
    return RecordWeights.weights(
      of: influence.scores,
      selection: values.choice(ImuParameters.select) == "negative" ? .negative : .all,
      topRatio: values.number(ImuParameters.topRatio),
      clipQuantile: values.number(ImuParameters.clipQuantile))
  }

  private func influence(_ classifier: ExtendedClassifier, _ pack: FeaturePack) -> Influence {
    if values.choice(ImuParameters.influence) == "diagonal-fisher" {
      return .diagonalFisher(
        of: classifier, over: pack, damping: values.number(ImuParameters.damping))
    }
    return .exact(
      of: classifier, over: pack, ridge: values.number(DescentParameters.weightDecay),
      tolerance: values.number(ImuParameters.solverTolerance),
      iterationLimit: values.integer(ImuParameters.solverIterationLimit))
  }

  /// The trace: the influences at the start, and what became of the loop.
  func trace(of outcome: ForgettingOutcome) -> ForgettingTrace {
    let scores = first?.scores ?? []
    return ForgettingTrace(
      influencePartsPerBillion: scores.compactMap(Parts.perBillion).sorted(),
      forgetLossPartsPerMillion: outcome.losses,
      forgetConfidencePartsPerMillion: outcome.confidences, epochCount: outcome.epochCount,
      stepCount: outcome.stepCount, coveredRecords: outcome.coveredRecords, usesRetainSet: false,
      figures: [
        "influenceUpdates": updateCount,
        "negativeInfluences": scores.count { $0 < 0 },
        "selectedRecords": outcome.selectedRecords,
        "solverIterations": iterations,
        "solverRelativeResidualPartsPerBillion": Parts.perBillion(worstResidual) ?? Int.max,
      ],
      stopReason: outcome.stopReason)
  }
}
