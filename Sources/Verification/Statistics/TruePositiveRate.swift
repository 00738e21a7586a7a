/// The share of members an attacker finds while accusing few others.
package struct TruePositiveRate: Hashable, Sendable {
  /// The false positive rate the threshold was set for.
  package let falsePositiveRate: Double
  package let found: Int
  package let members: Int
  /// Non-members of the other half above the threshold.
  package let alarms: Int
  package let evaluated: Int

  /// The threshold is the quantile of a calibration half of the non-members (those at even places),
  /// the false alarms are counted on the other half; nil when the rate is below 10 / n non-members,
  /// where the quantile rests on a handful of records.
  package init?(members: [Double], nonMembers: [Double], falsePositiveRate: Double) {
    guard !members.isEmpty, falsePositiveRate * Double(nonMembers.count) >= 10 else { return nil }
    let calibration = nonMembers.indices.filter { $0.isMultiple(of: 2) }.map { nonMembers[$0] }
    let others = nonMembers.indices.filter { !$0.isMultiple(of: 2) }.map { nonMembers[$0] }
    let allowed = Int(falsePositiveRate * Double(calibration.count))
    let threshold = calibration.sorted(by: >)[allowed]
    self.falsePositiveRate = falsePositiveRate
    found = members.count { $0 > threshold }
    self.members = members.count
    alarms = others.count { $0 > threshold }
    evaluated = others.count
  }

  package var value: Double { Double(found) / Double(members) }

  /// Clopper and Pearson, given the threshold.
  package func interval(confidence: Double = 0.95) -> Interval {
    ClopperPearson.interval(successes: found, trials: members, confidence: confidence)
  }
}
