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
  /// which is closer to the truth (algorithms D.2). Memory for N·C + C·D numbers beside the features;
  /// never N·C·D.
  package static func exact(
    of classifier: ExtendedClassifier, over pack: FeaturePack,
    hessianOver records: FeaturePack? = nil, ridge: Double, tolerance: Double, iterationLimit: Int
  ) -> Influence {
    let residuals = classifier.residuals(of: pack)
    if records == nil, GramSolve.pays(for: pack) {
      let (scores, solution) = GramSolve(of: classifier, over: pack, ridge: ridge)
        .solve(residuals, tolerance: tolerance, iterationLimit: iterationLimit)
      return Influence(scores, residuals, classifier, solution)
    }
    let hessian = SoftmaxHessian(of: classifier, over: records ?? pack, ridge: ridge)
    let mean = hessian.curvature.withoutCommonPart(meanGradient(residuals, classifier, pack))
    let solution = ConjugateGradients.solve(
      mean, tolerance: tolerance, iterationLimit: iterationLimit, product: hessian.product)
    let scores = pack.products.scores(solution.x, columns: classifier.classCount)
    return Influence(scores, residuals, classifier, solution)
  }

  /// I_i = −⟨V, z̃_i·r_iᵀ⟩ = −Σ_c R_ic·U_ic with the scores U = Z̃·V.
  private init(
    _ u: [Double], _ residuals: [Double], _ classifier: ExtendedClassifier,
    _ solution: ConjugateGradients.Solution
  ) {
    let classes = classifier.classCount
    scores = stride(from: 0, to: residuals.count, by: classes).map { start in
      var sum = 0.0
      for index in start..<start + classes { sum += residuals[index] * u[index] }
      return -sum
    }
    solverIterations = solution.iterations
    solverRelativeResidual = solution.relativeResidual
  }

  /// As published: the diagonal empirical Fisher information in place of H, V = ḡ ∘ 1/(F + damping).
  ///
  /// F = mean of g_i∘g_i. The published code also gave record 0 the mean's score by an aliasing
  /// error; that is not reproduced (algorithms A.1.3, 9).
  package static func diagonalFisher(
    of classifier: ExtendedClassifier, over pack: FeaturePack, damping: Double
  ) -> Influence {
    let residuals = classifier.residuals(of: pack)
    let fisher = pack.squared.products.sums(
      residuals.map { $0 * $0 }, columns: classifier.classCount)
    let mean = meanGradient(residuals, classifier, pack)
    let direction = zip(mean, fisher).map { $0 / ($1 / Double(pack.count) + damping) }
    return Influence(
      pack.products.scores(direction, columns: classifier.classCount), residuals, classifier,
      ConjugateGradients.Solution(x: [], iterations: 0, relativeResidual: 0))
  }

  /// ḡ = Z̃ᵀ·R / N.
  private static func meanGradient(
    _ residuals: [Double], _ classifier: ExtendedClassifier, _ pack: FeaturePack
  ) -> [Double] {
    classifier.summedGradient(residuals, of: pack).map { $0 / Double(pack.count) }
  }
}
