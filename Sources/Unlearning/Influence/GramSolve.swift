import NeuralNetworks

/// The solve of the influences in the span of the records, for fewer records than features.
///
/// Every gradient is Z̃ᵀ·A for an A `[N, C]`, and so is the solution. With G = Z̃·Z̃ᵀ `[N, N]` the
/// operator takes A to Q/N + λ·A, where Q is the curvature of U = G·A, and ⟨Z̃ᵀ·A, Z̃ᵀ·B⟩ = Σ U_A∘B: the
/// same steps as over `[D, C]`, at 2·N²·C operations each (algorithms D.1, the reduction to the rank).
/// A vector here is A followed by its U, which all steps keep together.
struct GramSolve {
  private let gram: [Double]
  private let count: Int
  private let curvature: SoftmaxCurvature
  private let ridge: Double

  init(of classifier: ExtendedClassifier, over pack: FeaturePack, ridge: Double) {
    count = pack.count
    curvature = SoftmaxCurvature(of: classifier, over: pack)
    self.ridge = ridge
    // Z̃·Z̃ᵀ as the scores of every record on every record.
    var transposed: [Double] = []
    transposed.reserveCapacity(pack.features.count)
    for feature in 0..<pack.dimension {
      for record in 0..<pack.count {
        transposed.append(Double(pack.features[record * pack.dimension + feature]))
      }
    }
    gram = pack.products.scores(transposed, columns: pack.count)
  }

  /// Whether it takes fewer operations than the solve over all features.
  static func pays(for pack: FeaturePack) -> Bool { 2 * pack.count <= pack.dimension }

  /// The scores Z̃·V `[N, C]` of the solution V of H·V = Z̃ᵀ·R/N, R `[N, C]`.
  func solve(
    _ residuals: [Double], tolerance: Double, iterationLimit: Int
  ) -> (scores: [Double], solution: ConjugateGradients.Solution) {
    let (length, scale) = (residuals.count, 1 / Double(count))
    let right = curvature.withoutCommonPart(residuals.map { $0 * scale })
    let solution = ConjugateGradients.solve(
      right + scores(right), tolerance: tolerance, iterationLimit: iterationLimit,
      dot: { a, b in
        let (left, right) = (a.span, b.span)
        var sum = 0.0
        for index in 0..<length { sum += left[length + index] * right[index] }
        return sum
      },
      product: { vector in
        var q = Array(vector.suffix(length))
        curvature.apply(to: &q, of: 0..<count)
        for index in q.indices { q[index] = q[index] * scale + ridge * vector[index] }
        q = curvature.withoutCommonPart(q)
        return q + scores(q)
      })
    return (Array(solution.x.suffix(length)), solution)
  }

  /// U = G·A `[N, C]`.
  private func scores(_ a: [Double]) -> [Double] {
    var scores = [Double](repeating: 0, count: a.count)
    MatrixProducts.multiply(
      gram, by: a, rows: count, columns: a.count / count, inner: count, into: &scores)
    return scores
  }
}
