/// The difference of two areas under the ROC curve on the same records.
///
/// DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988.
package struct PairedAreaDifference: Hashable, Sendable {
  package let first: AreaUnderROC
  package let second: AreaUnderROC

  /// The members and the non-members must be the same records in the same order.
  package init(_ first: AreaUnderROC, _ second: AreaUnderROC) {
    precondition(
      first.memberPlacements.count == second.memberPlacements.count
        && first.nonMemberPlacements.count == second.nonMemberPlacements.count,
      "areas over different records")
    self.first = first
    self.second = second
  }

  package var estimate: Double { first.value - second.value }

  /// Var(A₁) + Var(A₂) − 2 Cov(A₁, A₂), never below zero.
  package var variance: Double {
    let members = AreaUnderROC.covariance(first.memberPlacements, second.memberPlacements)
    let nonMembers = AreaUnderROC.covariance(first.nonMemberPlacements, second.nonMemberPlacements)
    let shared =
      members / Double(first.memberPlacements.count)
      + nonMembers / Double(first.nonMemberPlacements.count)
    return max(0, first.variance + second.variance - 2 * shared)
  }

  /// The two-sided interval of the difference.
  ///
  /// Where either area is 0 or 1, or the variance vanishes, DeLong's says nothing; the intervals of
  /// the areas are then combined as if independent, which is too wide rather than too narrow when
  /// the models agree (MOVER: Donner and Zou, Statistical Methods in Medical Research 21, 2012).
  package func interval(confidence: Double = 0.95) -> Interval {
    let isDegenerate = [first.value, second.value].contains { $0 <= 0 || $0 >= 1 }
    let variance = variance
    guard isDegenerate || variance < 1e-18 else {
      let half = NormalDistribution.quantile((1 + confidence) / 2) * variance.squareRoot()
      return Interval(low: max(-1, estimate - half), high: min(1, estimate + half))
    }
    let a = first.interval(confidence: confidence)
    let b = second.interval(confidence: confidence)
    func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    return Interval(
      low: max(-1, estimate - length(first.value - a.low, b.high - second.value)),
      high: min(1, estimate + length(a.high - first.value, second.value - b.low)))
  }
}
