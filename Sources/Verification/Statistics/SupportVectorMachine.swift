import Glibc

/// A support vector classifier on one feature with the kernel exp(−γ (x − y)²).
///
/// min ½ αᵀQα − Σα, 0 ≤ α ≤ C, Σ yα = 0 by sequential minimal optimisation with second-order
/// working sets (Fan, Chen and Lin, JMLR 6, 2005), the algorithm and tolerance (1e-3) of LIBSVM and
/// so of scikit-learn's `SVC`. Deterministic: ties go to the first. No kernel row is kept: O(n)
/// memory, O(n) a step.
package struct SupportVectorMachine: Sendable {
  private let points: [Double]
  /// yᵢ αᵢ.
  private let coefficients: [Double]
  private let offset: Double
  private let gamma: Double

  /// Trains on points that are true and points that are false; each needs one at least.
  package init(
    positives: [Double], negatives: [Double], cost: Double = 3, gamma: Double = 1,
    tolerance: Double = 1e-3, stepLimit: Int = 200_000
  ) {
    precondition(!positives.isEmpty && !negatives.isEmpty, "a classifier of one class")
    let points = positives + negatives
    let signs =
      [Double](repeating: 1, count: positives.count)
      + [Double](repeating: -1, count: negatives.count)
    var problem = SequentialMinimalOptimisation(
      points: points, signs: signs, cost: cost, gamma: gamma)
    for _ in 0..<stepLimit {
      guard let pair = problem.workingSet(tolerance: tolerance) else { break }
      problem.step(pair.0, pair.1)
    }
    self.points = points
    self.gamma = gamma
    coefficients = zip(problem.alphas, signs).map { $0 * $1 }
    offset = problem.offset
  }

  /// Σ yα K(xᵢ, x) − ρ; positive for true.
  package func decision(_ x: Double) -> Double {
    var sum = -offset
    for (point, coefficient) in zip(points, coefficients) where coefficient != 0 {
      sum += coefficient * exp(-gamma * (point - x) * (point - x))
    }
    return sum
  }
}

/// The dual problem on its way to the solution.
private struct SequentialMinimalOptimisation {
  let points: [Double]
  let signs: [Double]
  let cost: Double
  let gamma: Double
  var alphas: [Double]
  /// ∇ᵢ = (Qα)ᵢ − 1.
  var gradient: [Double]

  init(points: [Double], signs: [Double], cost: Double, gamma: Double) {
    self.points = points
    self.signs = signs
    self.cost = cost
    self.gamma = gamma
    alphas = [Double](repeating: 0, count: points.count)
    gradient = [Double](repeating: -1, count: points.count)
  }

  private func kernel(_ i: Int, _ j: Int) -> Double {
    let distance = points[i] - points[j]
    return exp(-gamma * distance * distance)
  }

  /// Whether αᵢ may move so that yᵢαᵢ grows, or falls.
  private func canGrow(_ i: Int) -> Bool { signs[i] > 0 ? alphas[i] < cost : alphas[i] > 0 }
  private func canFall(_ i: Int) -> Bool { signs[i] > 0 ? alphas[i] > 0 : alphas[i] < cost }

  /// The pair that promises most; nil when the conditions of Karush, Kuhn and Tucker hold.
  func workingSet(tolerance: Double) -> (Int, Int)? {
    var first: Int?
    var greatest = -Double.infinity
    for i in points.indices where canGrow(i) && -signs[i] * gradient[i] > greatest {
      greatest = -signs[i] * gradient[i]
      first = i
    }
    guard let first else { return nil }
    var second: Int?
    var least = Double.infinity
    var best = Double.infinity
    for j in points.indices where canFall(j) {
      let slope = -signs[j] * gradient[j]
      least = min(least, slope)
      let gap = greatest - slope
      guard gap > 0 else { continue }
      let gain = -gap * gap / max(2 - 2 * kernel(first, j), 1e-12)
      if gain < best {
        best = gain
        second = j
      }
    }
    guard greatest - least >= tolerance, let second else { return nil }
    return (first, second)
  }

  /// Solves the problem in two variables exactly, inside the box.
  mutating func step(_ i: Int, _ j: Int) {
    let curvature = max(2 - 2 * kernel(i, j), 1e-12)
    // Along t: yᵢαᵢ grows by t, yⱼαⱼ falls by t.
    let roomI = signs[i] > 0 ? cost - alphas[i] : alphas[i]
    let roomJ = signs[j] > 0 ? alphas[j] : cost - alphas[j]
    let t = min((-signs[i] * gradient[i] + signs[j] * gradient[j]) / curvature, roomI, roomJ)
    // At a bound the value is the bound itself, not its neighbour by rounding.
    alphas[i] = t == roomI ? (signs[i] > 0 ? cost : 0) : alphas[i] + signs[i] * t
    alphas[j] = t == roomJ ? (signs[j] > 0 ? 0 : cost) : alphas[j] - signs[j] * t
    for k in points.indices { gradient[k] += signs[k] * t * (kernel(i, k) - kernel(j, k)) }
  }

  /// ρ: the mean of yᵢ∇ᵢ over free variables, or the middle of the interval that is left.
  var offset: Double {
    var free: [Double] = []
    var low = -Double.infinity
    var high = Double.infinity
    for i in points.indices {
      let value = signs[i] * gradient[i]
      if alphas[i] > 0 && alphas[i] < cost {
        free.append(value)
      } else if canGrow(i) {
        high = min(high, value)
      } else {
        low = max(low, value)
      }
    }
    return free.isEmpty ? (low + high) / 2 : free.reduce(0, +) / Double(free.count)
  }
}
