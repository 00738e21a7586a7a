/// What a method of unlearning did, in the integers of signed text; no record is named.
package struct ForgettingTrace: Hashable, Sendable, Codable {
  /// Influence of each forget record, ascending, in billionths; empty for methods without.
  package let influencePartsPerBillion: [Int]
  /// Mean loss on the forget set at the start and after each epoch, in millionths of a nat.
  package let forgetLossPartsPerMillion: [Int]
  /// Mean confidence in the true class on the forget set, likewise.
  package let forgetConfidencePartsPerMillion: [Int]
  package let epochCount: Int
  package let stepCount: Int
  /// Records whose weight in the loss was not zero.
  package let coveredRecords: Int
  /// Whether records that stay were read.
  package let usesRetainSet: Bool
  /// Further figures by name, the unit in the name, such as `solverIterations`.
  package let figures: [String: Int]
  /// Why it stopped, such as `mean confidence at most 0.01`.
  package let stopReason: String

  package init(
    influencePartsPerBillion: [Int] = [], forgetLossPartsPerMillion: [Int] = [],
    forgetConfidencePartsPerMillion: [Int] = [], epochCount: Int, stepCount: Int,
    coveredRecords: Int, usesRetainSet: Bool, figures: [String: Int] = [:], stopReason: String
  ) {
    self.influencePartsPerBillion = influencePartsPerBillion
    self.forgetLossPartsPerMillion = forgetLossPartsPerMillion
    self.forgetConfidencePartsPerMillion = forgetConfidencePartsPerMillion
    self.epochCount = epochCount
    self.stepCount = stepCount
    self.coveredRecords = coveredRecords
    self.usesRetainSet = usesRetainSet
    self.figures = figures
    self.stopReason = stopReason
  }
}
