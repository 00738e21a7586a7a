import Glibc

/// The area under the ROC curve of a score that should be greater for members.
///
/// AUC = P(member > non-member) + ½ P(equal), by mid-ranks; its variance by DeLong, DeLong and
/// Clarke-Pearson (Biometrics 44, 1988) in the O(n log n) form of Sun and Xu (2014).
package struct AreaUnderROC: Hashable, Sendable {
  package let value: Double
  /// V10 of DeLong: for each member, the share of non-members below it.
  package let memberPlacements: [Double]
  /// V01 of DeLong: for each non-member, the share of members above it.
  package let nonMemberPlacements: [Double]

  /// Both samples must have a score; none may be NaN.
  package init(members: [Double], nonMembers: [Double]) {
    precondition(!members.isEmpty && !nonMembers.isEmpty, "an AUC of no scores")
    let m = Double(members.count)
    let n = Double(nonMembers.count)
    let together = Self.midRanks(members + nonMembers)
    let amongMembers = Self.midRanks(members)
    let amongNonMembers = Self.midRanks(nonMembers)
    memberPlacements = members.indices.map { (together[$0] - amongMembers[$0]) / n }
    nonMemberPlacements = nonMembers.indices.map {
      1 - (together[members.count + $0] - amongNonMembers[$0]) / m
    }
    value = memberPlacements.reduce(0, +) / m
  }

  /// Ranks from 1; equal scores share the mean of theirs.
  static func midRanks(_ scores: [Double]) -> [Double] {
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    var ranks = [Double](repeating: 0, count: scores.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }

  /// S10/m + S01/n; zero when it cannot be estimated.
  package var variance: Double {
    Self.covariance(memberPlacements, memberPlacements) / Double(memberPlacements.count)
      + Self.covariance(nonMemberPlacements, nonMemberPlacements)
      / Double(nonMemberPlacements.count)
  }

  static func covariance(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count >= 2 else { return 0 }
    let meanA = a.reduce(0, +) / Double(a.count)
    let meanB = b.reduce(0, +) / Double(b.count)
    return zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) } / Double(a.count - 1)
  }

  /// The two-sided interval, on the logit scale so that it stays in [0, 1].
  ///
  /// At 0 and 1 the variance vanishes and the logit is infinite: the bound is then the least area
  /// under a curve through (FPR, TPR) of the separating threshold, TPR·(1 − FPR), with the bounds of
  /// Clopper and Pearson for both. Where the estimated variance vanishes inside (0, 1), as when all
  /// scores are equal, the greatest possible one, AUC (1 − AUC) / min(m, n), stands in (Birnbaum and
  /// Klose 1957).
  package func interval(confidence: Double = 0.95) -> Interval {
    if value >= 1 { return Interval(low: leastAreaWhenSeparated(confidence), high: 1) }
    if value <= 0 { return Interval(low: 0, high: 1 - leastAreaWhenSeparated(confidence)) }
    let smaller = Double(min(memberPlacements.count, nonMemberPlacements.count))
    let estimated = variance
    let spread = (estimated > 0 ? estimated : value * (1 - value) / smaller).squareRoot()
    let z = NormalDistribution.quantile((1 + confidence) / 2)
    let logit = log(value / (1 - value))
    let half = z * spread / (value * (1 - value))
    func back(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    return Interval(low: back(logit - half), high: back(logit + half))
  }

  private func leastAreaWhenSeparated(_ confidence: Double) -> Double {
    let members = memberPlacements.count
    let nonMembers = nonMemberPlacements.count
    let rate = ClopperPearson.interval(
      successes: members, trials: members, confidence: confidence)
    let alarms = ClopperPearson.interval(successes: 0, trials: nonMembers, confidence: confidence)
    return rate.low * (1 - alarms.high)
  }
}
