import NeuralNetworks
import Records

extension UnlearningMethod {
  /// Influence-guided machine unlearning (IMU, arXiv 2508.01620), with the exact Hessian.
  ///
  /// L = −Σŵ_i·ℓ_i + α‖θ_c‖₁ over the forget set (Eq. 5 and the published code), ŵ_i = √|I_i|
  /// clipped and normalised, down by SGD on the classifier or the whole network (Eq. 9), until the
  /// network no longer recognises the forget set. It reads no record that stays.
  package static let imu = UnlearningMethod(
    name: "imu", title: "Influence-guided machine unlearning", needsRetainSet: false,
    choices: DescentParameters.choices + ImuParameters.choices,
    constants: DescentParameters.constants + ImuParameters.constants, body: runImu)

  private static func runImu(
    _ input: UnlearningInput, _ values: RecipeValues,
    _ progress: (UnlearningProgress) throws -> Void
  ) throws -> UnlearningResult {
    let settings = DescentParameters.settings(
      values, recordCount: input.forget.count,
      l1Strength: values.number(ImuParameters.l1Strength), threads: input.threads)
    var weighing = InfluenceWeighing(values)
    let (network, outcome) = try descend(
      input, method: "imu", settings: settings, weighing: { try weighing.weights($0, $1, $2) },
      progress: progress)
    return UnlearningResult(network: network, trace: weighing.trace(of: outcome))
  }
}

/// The choices and constants of IMU alone.
enum ImuParameters {
  typealias Choice = UnlearningMethod.Choice
  typealias Constant = UnlearningMethod.Constant

  static let influence = Choice(
    name: "influence",
    summary: "the Hessian of the influences: exact, or the diagonal Fisher as published",
    allowed: ["exact", "diagonal-fisher"], standard: "exact")
  static let select = Choice(
    name: "select", summary: "which records are taken: all, or those with a negative influence",
    allowed: RecordWeights.Selection.allCases.map(\.rawValue), standard: "all")

  static let topRatio = Constant(
    name: "topRatioPartsPerMillion", summary: "the share of the selected records that is taken",
    range: 1...1_000_000, standard: 1_000_000)
  static let clipQuantile = Constant(
    name: "clipQuantilePartsPerMillion", summary: "the quantile at which weights are clipped",
    range: 0...1_000_000, standard: 930_000)
  static let l1Strength = Constant(
    name: "l1StrengthPartsPerBillion", summary: "α of the ℓ1 penalty on the classifier",
    range: 0...1_000_000_000, standard: 200_000)
  static let updateFrequency = Constant(
    name: "updateFrequency",
    summary: "influences are computed: 0 once, 1 each epoch, 2 every second epoch",
    range: 0...2, standard: 0)
  static let damping = Constant(
    name: "dampingPartsPerMillion", summary: "what is added to the diagonal Fisher",
    range: 1...1_000_000_000, standard: 10_000)
  static let solverTolerance = Constant(
    name: "solverTolerancePartsPerBillion",
    summary:
      "the relative residual at which the solve of the exact influences ends; a tenth of this "
      + "changes no third digit",
    range: 0...1_000_000_000, standard: 1_000_000)
  static let solverIterationLimit = Constant(
    name: "solverIterationLimit", summary: "the most iterations of that solve",
    range: 1...1_000_000, standard: 2_000)

  static let choices = [influence, select]
  static let constants = [
    topRatio, clipQuantile, l1Strength, updateFrequency, damping, solverTolerance,
    solverIterationLimit,
  ]
}
