import NeuralNetworks

/// The Hessian of the mean cross-entropy in W̃, as an operator that is never formed.
///
/// H·V = Z̃ᵀ·Q / N + λ·V with U = Z̃·V and Q = P∘U − P∘rowsum(P∘U): 4·N·C·D operations, the features
/// read once, and memory for N·C + C·D numbers. It is exact: the cross-entropy of a linear classifier
/// has no other second-order term. H is singular along "the same number added to every class", to
/// which every gradient is orthogonal; products are kept orthogonal to it, so that λ = 0 is harmless.
package struct SoftmaxHessian: Sendable {
  private let products: FeatureProducts
  private let count: Int
  let curvature: SoftmaxCurvature
  private let ridge: Double

  /// The Hessian over the pack at that classifier, λ = `ridge` added to its diagonal.
  package init(of classifier: ExtendedClassifier, over pack: FeaturePack, ridge: Double) {
    products = pack.products
    count = pack.count
    curvature = SoftmaxCurvature(of: classifier, over: pack)
    self.ridge = ridge
  }

  /// H·V for a V `[D, C]`.
  package func product(_ v: [Double]) -> [Double] {
    let curvature = curvature
    var product = products.sums(through: v, columns: curvature.classCount) { records, scores in
      curvature.apply(to: &scores, of: records)
    }
    let scale = 1 / Double(count)
    for index in product.indices { product[index] = scale * product[index] + ridge * v[index] }
    return curvature.withoutCommonPart(product)
  }
}

/// What the softmax does to small changes of its logits: (diag p − p·pᵀ), record by record.
struct SoftmaxCurvature: Sendable {
  private let probabilities: [Double]
  let classCount: Int

  init(of classifier: ExtendedClassifier, over pack: FeaturePack) {
    probabilities = classifier.probabilities(of: pack)
    classCount = classifier.classCount
  }

  /// Q = P∘U − P∘rowsum(P∘U) in place of U `[records, C]`.
  func apply(to u: inout [Double], of records: Range<Int>) {
    let p = probabilities.span
    var values = u.mutableSpan
    for row in 0..<records.count {
      let (start, place) = (row * classCount, (records.lowerBound + row) * classCount)
      var mean = 0.0
      for label in 0..<classCount { mean += p[place + label] * values[start + label] }
      for label in 0..<classCount {
        values[start + label] = p[place + label] * (values[start + label] - mean)
      }
    }
  }

  /// Rows `[_, C]` less their means, the part along which the curvature is zero.
  func withoutCommonPart(_ rows: [Double]) -> [Double] {
    var rest = rows
    var values = rest.mutableSpan
    for start in stride(from: 0, to: values.count, by: classCount) {
      var sum = 0.0
      for label in 0..<classCount { sum += values[start + label] }
      let mean = sum / Double(classCount)
      for label in 0..<classCount { values[start + label] -= mean }
    }
    return rest
  }
}
