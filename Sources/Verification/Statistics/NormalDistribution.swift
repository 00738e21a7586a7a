import Glibc

/// The standard normal distribution.
package enum NormalDistribution {
  /// Φ(x) = ½ erfc(−x/√2).
  package static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / Double(2).squareRoot()) }

  /// The x with Φ(x) = p, for p in (0, 1).
  package static func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "\(p) is no probability between 0 and 1")
    // From the lower tail, where erfc keeps its relative precision.
    if p > 0.5 { return -quantile(1 - p) }
    return p == 0.5 ? 0 : increasingRoot(from: -40, to: 0) { cumulative($0) - p }
  }
}
