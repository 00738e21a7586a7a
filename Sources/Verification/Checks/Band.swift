import Records

/// The bounds of a policy around the value that a model which never saw the person would have.
///
/// A status is decided on the bounds of the interval, never on the estimate.
struct Band {
  let pass: Double
  let warn: Double
  /// Whether too little is as wrong as too much.
  let isTwoSided: Bool

  /// PASS and WARN when the whole interval lies within the band.
  ///
  /// FAIL when the interval certainly leaves the PASS band and does not certainly stay in the WARN
  /// band (`isStrict`), or only when all of it is beyond the WARN band. Otherwise the interval is too
  /// wide to tell.
  func status(of interval: Interval, isStrict: Bool) -> CheckStatus {
    if contains(interval, pass) { return .pass }
    if contains(interval, warn) { return .warn }
    let bound = isStrict ? pass : warn
    if interval.low > bound { return .fail }
    if isTwoSided && interval.high < -bound { return .fail }
    return .inconclusive
  }

  private func contains(_ interval: Interval, _ bound: Double) -> Bool {
    interval.high <= bound && (!isTwoSided || interval.low >= -bound)
  }
}

extension CheckStatus {
  /// The status of several measurements that must all hold: the worst of them.
  static func worst(_ statuses: [CheckStatus]) -> CheckStatus {
    let order: [CheckStatus] = [.fail, .inconclusive, .warn, .pass]
    return order.first { statuses.contains($0) } ?? .notAssessed
  }

  /// The status, but no better than another.
  func capped(at other: CheckStatus) -> CheckStatus { Self.worst([self, other]) }
}
