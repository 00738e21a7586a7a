import Unlearning

/// The slow and obvious ways to what the room computes cleverly.
enum Dense {
  /// x of A·x = b by elimination with partial pivoting.
  static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var a = zip(matrix, right).map { $0 + [$1] }
    let n = right.count
    for column in 0..<n {
      let pivot = (column..<n).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
      a.swapAt(column, pivot)
      for row in column + 1..<n {
        let factor = a[row][column] / a[column][column]
        for index in column...n { a[row][index] -= factor * a[column][index] }
      }
    }
    var x = [Double](repeating: 0, count: n)
    for row in stride(from: n - 1, through: 0, by: -1) {
      let known = (row + 1..<n).reduce(0) { $0 + a[row][$1] * x[$1] }
      x[row] = (a[row][n] - known) / a[row][row]
    }
    return x
  }

  /// Σ_i w_i·(diag p − p·pᵀ) ⊗ z̃·z̃ᵀ + ridge, `[D·C][D·C]`.
  static func hessian(
    _ classifier: ExtendedClassifier, _ pack: FeaturePack, weights: [Double], ridge: Double
  ) -> [[Double]] {
    let (c, d) = (classifier.classCount, pack.dimension)
    let p = classifier.probabilities(of: pack)
    var h = [[Double]](repeating: [Double](repeating: 0, count: c * d), count: c * d)
    for i in 0..<pack.count {
      let z = Array(pack.features[i * d..<(i + 1) * d])
      for a in 0..<c {
        for b in 0..<c {
          let curvature = (a == b ? p[i * c + a] : 0) - p[i * c + a] * p[i * c + b]
          for j in 0..<d {
            for k in 0..<d { h[j * c + a][k * c + b] += weights[i] * curvature * z[j] * z[k] }
          }
        }
      }
    }
    for index in 0..<c * d { h[index][index] += ridge }
    return h
  }

  /// g_i = z̃_i ⊗ r_i, one row a record.
  static func gradients(_ classifier: ExtendedClassifier, _ pack: FeaturePack) -> [[Double]] {
    let (c, d) = (classifier.classCount, pack.dimension)
    let residuals = classifier.residuals(of: pack)
    return (0..<pack.count).map { i in
      (0..<c * d).map { residuals[i * c + $0 % c] * pack.features[i * d + $0 / c] }
    }
  }

  static func mean(_ rows: [[Double]]) -> [Double] {
    rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The minimum of Σ_i w_i·ℓ_i / Σw₀ + ridge/2·‖W̃‖² by Newton's method, to machine precision.
  static func fitted(
    _ start: ExtendedClassifier, _ pack: FeaturePack, weights: [Double], ridge: Double
  ) -> ExtendedClassifier {
    var classifier = start
    for _ in 0..<30 {
      let rows = gradients(classifier, pack)
      let gradient = classifier.values.indices.map { index in
        zip(rows, weights).reduce(0) { $0 + $1.1 * $1.0[index] } + ridge * classifier.values[index]
      }
      let h = hessian(classifier, pack, weights: weights, ridge: ridge)
      let step = solve(h, gradient)
      for index in step.indices { classifier.values[index] -= step[index] }
      if (step.map { abs($0) }.max() ?? 0) < 1e-13 { break }
    }
    return classifier
  }

  /// Spearman's ρ of two lists without ties.
  static func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
      var ranks = values
      for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[index] = Double(rank)
      }
      return ranks
    }
    let n = Double(a.count)
    let squares = zip(ranks(a), ranks(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return 1 - 6 * squares / (n * (n * n - 1))
  }
}
