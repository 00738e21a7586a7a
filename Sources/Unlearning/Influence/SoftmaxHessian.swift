import NeuralNetworks

/// The Hessian of the mean cross-entropy in W̃, as an operator that is never formed.
///
/// H·V = Qᵀ·Z̃ / N + λ·V with U = Z̃·Vᵀ and Q = P∘U − P∘rowsum(P∘U): 4·N·C·D operations, and memory
/// for N·C + C·D numbers. It is exact: the cross-entropy of a linear classifier has no other
/// second-order term. H is singular along "the same vector added to every class", to which every
/// gradient is orthogonal; products are kept orthogonal to it, so that λ = 0 is harmless.
package struct SoftmaxHessian: Sendable {
  private let pack: FeaturePack
  private let probabilities: [Double]
  private let classCount: Int
  private let ridge: Double

  /// The Hessian over the pack at that classifier, λ = `ridge` added to its diagonal.
  package init(of classifier: ExtendedClassifier, over pack: FeaturePack, ridge: Double) {
    self.pack = pack
    probabilities = classifier.probabilities(of: pack)
    classCount = classifier.classCount
    self.ridge = ridge
  }

  /// H·V for a V `[C, D]`.
  package func product(_ v: [Double]) -> [Double] {
    var u = [Double](repeating: 0, count: pack.count * classCount)
    MatrixProducts.multiply(
      pack.features, transposed: false, by: v, transposed: true, rows: pack.count,
      columns: classCount, inner: pack.dimension, into: &u)
    var product = v
    MatrixProducts.multiply(
      curvature(u), transposed: true, by: pack.features, rows: classCount,
      columns: pack.dimension, inner: pack.count, alpha: 1 / Double(pack.count), beta: ridge,
      into: &product)
    return withoutCommonPart(product)
  }

  /// Q = P∘U − P∘rowsum(P∘U), row by row (diag p − p·pᵀ)·u.
  private func curvature(_ u: [Double]) -> [Double] {
    var q = u
    for row in 0..<pack.count {
      let range = row * classCount..<(row + 1) * classCount
      var mean = 0.0
      for index in range { mean += probabilities[index] * u[index] }
      for index in range { q[index] = probabilities[index] * (u[index] - mean) }
    }
    return q
  }

  /// V less the mean of its rows, the part along which H is singular.
  package func withoutCommonPart(_ v: [Double]) -> [Double] {
    var rest = v
    for column in 0..<pack.dimension {
      var sum = 0.0
      for row in 0..<classCount { sum += v[row * pack.dimension + column] }
      let mean = sum / Double(classCount)
      for row in 0..<classCount { rest[row * pack.dimension + column] -= mean }
    }
    return rest
  }
}
