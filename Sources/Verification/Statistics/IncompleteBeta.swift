import Glibc

/// The regularised incomplete beta function I_x(a, b) and its inverse.
package enum IncompleteBeta {
  /// I_x(a, b) for a, b > 0 and x in [0, 1].
  ///
  /// The continued fraction of DLMF 8.17.22 by the modified method of Lentz (Thompson and Barnett
  /// 1986), on the side of the mean where it converges in O(√max(a, b)) steps.
  package static func value(a: Double, b: Double, x: Double) -> Double {
    precondition(a > 0 && b > 0 && (0...1).contains(x), "outside the domain of I_x(a, b)")
    if x == 0 || x == 1 { return x }
    let logFactor =
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
    if x < (a + 1) / (a + b + 2) {
      return exp(logFactor) * continuedFraction(a, b, x) / a
    }
    return 1 - exp(logFactor) * continuedFraction(b, a, 1 - x) / b
  }

  private static func continuedFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    func bounded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / bounded(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...100_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / bounded(1 + even * d)
      c = bounded(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / bounded(1 + odd * d)
      c = bounded(1 + odd / c)
      fraction *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return fraction
  }

  /// The x with I_x(a, b) = p, by halving until no number lies between the ends.
  package static func inverse(a: Double, b: Double, p: Double) -> Double {
    precondition((0...1).contains(p), "\(p) is no probability")
    if p == 0 || p == 1 { return p }
    return increasingRoot(from: 0, to: 1) { value(a: a, b: b, x: $0) - p }
  }
}

/// The root of an increasing function between two numbers, by halving; deterministic, and exact to
/// the last place the function allows.
func increasingRoot(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
  var low = low
  var high = high
  for _ in 0..<1_100 {
    let middle = low + (high - low) / 2
    guard middle > low && middle < high else { break }
    if function(middle) < 0 { low = middle } else { high = middle }
  }
  return high
}
