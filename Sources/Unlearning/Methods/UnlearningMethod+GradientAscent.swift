import NeuralNetworks
import Records

extension UnlearningMethod {
  /// Plain gradient ascent: every forget record weighs the same, L = −mean ℓ.
  package static let gradientAscent = UnlearningMethod(
    name: "gradient-ascent", title: "Gradient ascent on the forget set", needsRetainSet: false,
    choices: DescentParameters.choices, constants: DescentParameters.constants
  ) { input, values, progress in
    let settings = DescentParameters.settings(
      values, recordCount: input.forget.count, l1Strength: 0, threads: input.threads)
    let (network, outcome) = try descend(
      input, method: "gradient-ascent", settings: settings,
      weighing: { epoch, _, pack in epoch == 0 ? pack.labels.map { _ in 1 } : nil },
      progress: progress)
    return UnlearningResult(
      network: network,
      trace: ForgettingTrace(
        forgetLossPartsPerMillion: outcome.losses,
        forgetConfidencePartsPerMillion: outcome.confidences, epochCount: outcome.epochCount,
        stepCount: outcome.stepCount, coveredRecords: outcome.coveredRecords, usesRetainSet: false,
        figures: ["selectedRecords": outcome.selectedRecords], stopReason: outcome.stopReason))
  }
}
