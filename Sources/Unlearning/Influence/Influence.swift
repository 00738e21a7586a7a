import NeuralNetworks

/// How much each forget record holds up what the classifier knows of the forget set.
///
/// I_i = −⟨V, g_i⟩ with V = H⁻¹·ḡ, where g_i is the record's gradient in the classifier and ḡ their
/// mean over D_f (paper, Eq. 4). Negative: the record helps the network to know the forget set. One
/// solve serves all records (algorithms D.1).
package struct Influence: Sendable {
  /// I_i, one a record.
  package let scores: [Double]
  package let solverIterations: Int
  package let solverRelativeResidual: Double

  /// With the exact softmax Hessian, ridge λ, by conjugate gradients.
  ///
  /// The Hessian is taken over D_f, or over all training records where their features are at hand,
  /// which is closer to the truth (algorithms D.2). Memory for N·(C + D) + C·D numbers; never N·C·D.
  package static func exact(
    of classifier: ExtendedClassifier, over pack: FeaturePack,
    hessianOver records: FeaturePack? = nil, ridge: Double, tolerance: Double, iterationLimit: Int
  ) -> Influence {
    let residuals = classifier.residuals(of: pack)
    let hessian = SoftmaxHessian(of: classifier, over: records ?? pack, ridge: ridge)
    let mean = hessian.withoutCommonPart(meanGradient(residuals, classifier, pack))
    let solution = ConjugateGradients.solve(
      mean, tolerance: tolerance, iterationLimit: iterationLimit, product: hessian.product)
    return Influence(
      scores: scores(solution.x, residuals, classifier, pack),
      solverIterations: solution.iterations, solverRelativeResidual: solution.relativeResidual)
  }

  /// As published: the diagonal empirical Fisher information in place of H, V = ḡ ∘ 1/(F + damping).
  ///
  /// F = mean of g_i∘g_i. The published code also gave record 0 the mean's score by an aliasing
  /// error; that is not reproduced (algorithms A.1.3, 9).
  package static func diagonalFisher(
    of classifier: ExtendedClassifier, over pack: FeaturePack, damping: Double
  ) -> Influence {
    let residuals = classifier.residuals(of: pack)
    var fisher = [Double](repeating: damping, count: classifier.values.count)
    MatrixProducts.multiply(
      residuals.map { $0 * $0 }, transposed: true, by: pack.features.map { $0 * $0 },
      rows: classifier.classCount, columns: pack.dimension, inner: pack.count,
      alpha: 1 / Double(pack.count), beta: 1, into: &fisher)
    let direction = zip(meanGradient(residuals, classifier, pack), fisher).map { $0 / $1 }
    return Influence(
      scores: scores(direction, residuals, classifier, pack), solverIterations: 0,
      solverRelativeResidual: 0)
  }

  /// ḡ = Rᵀ·Z̃ / N.
  private static func meanGradient(
    _ residuals: [Double], _ classifier: ExtendedClassifier, _ pack: FeaturePack
  ) -> [Double] {
    classifier.summedGradient(residuals, of: pack).map { $0 / Double(pack.count) }
  }

  /// I_i = −⟨V, r_i·z̃_iᵀ⟩ = −(R·V)_i · z̃_i: one product and a dot product a row.
  private static func scores(
    _ direction: [Double], _ residuals: [Double], _ classifier: ExtendedClassifier,
    _ pack: FeaturePack
  ) -> [Double] {
    var projected = [Double](repeating: 0, count: pack.features.count)
    MatrixProducts.multiply(
      residuals, by: direction, rows: pack.count, columns: pack.dimension,
      inner: classifier.classCount, into: &projected)
    return (0..<pack.count).map { row in
      var sum = 0.0
      for index in row * pack.dimension..<(row + 1) * pack.dimension {
        sum += projected[index] * pack.features[index]
      }
      return -sum
    }
  }
}
