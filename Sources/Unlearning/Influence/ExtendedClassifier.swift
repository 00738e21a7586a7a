import Glibc
package import NeuralNetworks

/// The classifier h with its bias as last row, in double precision: W̃ `[D, C]`.
package struct ExtendedClassifier: Sendable {
  /// W̃ `[D, C]`, row-major: what of the logits each feature makes.
  package var values: [Double]
  package let classCount: Int
  /// D, the count of features and one.
  package let dimension: Int

  package init(values: [Double], classCount: Int) {
    precondition(
      values.count.isMultiple(of: classCount), "\(values.count) for \(classCount) classes")
    self.values = values
    self.classCount = classCount
    dimension = values.count / classCount
  }

  package init(_ classifier: LinearClassifier) {
    let (classCount, width) = (classifier.weight.shape[0], classifier.weight.shape[1])
    let weight = classifier.weight.values
    var values: [Double] = []
    values.reserveCapacity((width + 1) * classCount)
    for feature in 0..<width {
      for label in 0..<classCount { values.append(Double(weight[label * width + feature])) }
    }
    values += classifier.bias.values.map { Double($0) }
    self.init(values: values, classCount: classCount)
  }

  /// The same in single precision, weight and bias apart.
  package var classifier: LinearClassifier {
    let width = dimension - 1
    var weight: [Float] = []
    weight.reserveCapacity(width * classCount)
    for label in 0..<classCount {
      for feature in 0..<width { weight.append(Float(values[feature * classCount + label])) }
    }
    let bias = values.suffix(classCount).map { Float($0) }
    return LinearClassifier(
      weight: Tensor(shape: [classCount, width], values: weight),
      bias: Tensor(shape: [classCount], values: bias))
  }

  /// log P `[N, C]`: log-softmax of Z̃·W̃, row by row.
  package func logProbabilities(of pack: FeaturePack) -> [Double] {
    pack.products.scores(values, columns: classCount) { Self.logSoftmax(&$0, classCount) }
  }

  /// The log-softmax of rows `[_, C]`, in place.
  private static func logSoftmax(_ values: inout MutableSpan<Double>, _ classCount: Int) {
    for start in stride(from: 0, to: values.count, by: classCount) {
      let row = start..<start + classCount
      var largest = -Double.infinity
      for index in row { largest = max(largest, values[index]) }
      var sum = 0.0
      for index in row { sum += exp(values[index] - largest) }
      let normaliser = largest + log(sum)
      for index in row { values[index] -= normaliser }
    }
  }

  /// P `[N, C]`: softmax of Z̃·W̃, row by row.
  package func probabilities(of pack: FeaturePack) -> [Double] {
    pack.products.scores(values, columns: classCount) { rows in
      Self.logSoftmax(&rows, classCount)
      for index in rows.indices { rows[index] = exp(rows[index]) }
    }
  }

  /// R = P − E `[N, C]`, the gradient of each record's cross-entropy with respect to its logits.
  ///
  /// A record's gradient with respect to W̃ is the outer product of its row with its z̃.
  package func residuals(of pack: FeaturePack) -> [Double] {
    var residuals = probabilities(of: pack)
    for (row, label) in pack.labels.enumerated() { residuals[row * classCount + label] -= 1 }
    return residuals
  }

  /// Z̃ᵀ·R `[D, C]`, the sum of the records' gradients, each scaled by what its row of R carries.
  package func summedGradient(_ residuals: [Double], of pack: FeaturePack) -> [Double] {
    pack.products.sums(residuals, columns: classCount)
  }
}
