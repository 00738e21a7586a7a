/// Student's t distribution.
package enum StudentDistribution {
  /// The upper quantile: t with P(T ≤ t) = p for p in [0.5, 1), by t² = ν (1 − x) / x where
  /// I_x(ν/2, 1/2) = 2 (1 − p) (DLMF 8.17.20 with the tails of T).
  package static func quantile(_ p: Double, degreesOfFreedom: Int) -> Double {
    precondition(p >= 0.5 && p < 1 && degreesOfFreedom >= 1, "outside the domain of Student's t")
    let degrees = Double(degreesOfFreedom)
    let x = IncompleteBeta.inverse(a: degrees / 2, b: 0.5, p: 2 * (1 - p))
    return (degrees * (1 - x) / x).squareRoot()
  }

  /// The two-sided t interval of the mean of a sample; nil for fewer than two values.
  package static func meanInterval(of sample: [Double], confidence: Double) -> Interval? {
    guard sample.count >= 2 else { return nil }
    let count = Double(sample.count)
    let mean = sample.reduce(0, +) / count
    let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let half =
      quantile((1 + confidence) / 2, degreesOfFreedom: sample.count - 1)
      * (variance / count).squareRoot()
    return Interval(low: mean - half, high: mean + half)
  }
}
