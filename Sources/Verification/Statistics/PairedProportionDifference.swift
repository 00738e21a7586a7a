/// The difference of two proportions measured on the same records.
///
/// Tango's score interval (Statistics in Medicine 17, 1998, 891–908): it keeps its level with few
/// discordant pairs, and says something honest when there are none, where the test of McNemar is
/// mute.
package struct PairedProportionDifference: Hashable, Sendable {
  /// Records where only the first is true.
  package let onlyFirst: Int
  /// Records where only the second is true.
  package let onlySecond: Int
  package let count: Int

  package init(onlyFirst: Int, onlySecond: Int, count: Int) {
    precondition(onlyFirst >= 0 && onlySecond >= 0 && onlyFirst + onlySecond <= count)
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.count = count
  }

  /// Counts the pairs of two answers to the same questions.
  package init(_ first: [Bool], _ second: [Bool]) {
    precondition(first.count == second.count, "pairs of unequal count")
    let pairs = zip(first, second)
    self.init(
      onlyFirst: pairs.count { $0 && !$1 }, onlySecond: pairs.count { !$0 && $1 },
      count: first.count)
  }

  /// First minus second.
  package var estimate: Double {
    count == 0 ? 0 : Double(onlyFirst - onlySecond) / Double(count)
  }

  /// The two-sided interval, [−1, 1] for no pairs.
  ///
  /// Each of its bounds alone is one-sided at (1 + confidence) / 2.
  package func interval(confidence: Double) -> Interval {
    let z = NormalDistribution.quantile((1 + confidence) / 2)
    return Interval(
      low: -upperBound(onlySecond, onlyFirst, z), high: upperBound(onlyFirst, onlySecond, z))
  }

  /// The Δ above the estimate where the score statistic reaches −z.
  private func upperBound(_ b: Int, _ c: Int, _ z: Double) -> Double {
    guard count > 0 else { return 1 }
    let estimate = Double(b - c) / Double(count)
    return increasingRoot(from: estimate, to: 1) { -score($0, b, c) - z }
  }

  /// T(Δ) = (b − c − nΔ) / √(n (2q + Δ(1 − Δ))), where q is the probability of "only second" that
  /// maximises the likelihood under the difference Δ.
  private func score(_ delta: Double, _ b: Int, _ c: Int) -> Double {
    let n = Double(count)
    let first = Double(b)
    let second = Double(c)
    let linear = -first - second + (2 * n - first + second) * delta
    let constant = -second * delta * (1 - delta)
    let root = max(0, linear * linear - 8 * n * constant).squareRoot()
    // The two forms of the greater root; each avoids the cancellation of the other.
    let q = linear > 0 ? -2 * constant / (linear + root) : (root - linear) / (4 * n)
    let variance = n * (2 * max(0, q) + delta * (1 - delta))
    let numerator = first - second - n * delta
    guard variance > 0 else {
      return numerator == 0 ? 0 : numerator.sign == .minus ? -.infinity : .infinity
    }
    return numerator / variance.squareRoot()
  }
}
