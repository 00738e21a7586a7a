/// The exact two-sided interval of a proportion (Clopper and Pearson, Biometrika 26, 1934).
package enum ClopperPearson {
  /// The interval of `successes` in `trials`; [0, 1] without trials.
  ///
  /// low = B⁻¹(α/2; s, n − s + 1), high = B⁻¹(1 − α/2; s + 1, n − s), with α = 1 − confidence.
  package static func interval(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) -> Interval {
    precondition(successes >= 0 && successes <= trials, "\(successes) of \(trials)")
    let tail = (1 - confidence) / 2
    let s = Double(successes)
    let failures = Double(trials - successes)
    return Interval(
      low: successes == 0 ? 0 : IncompleteBeta.inverse(a: s, b: failures + 1, p: tail),
      high: successes == trials ? 1 : IncompleteBeta.inverse(a: s + 1, b: failures, p: 1 - tail))
  }
}
