import Glibc
package import NeuralNetworks

/// The classifier h with its bias as last column, in double precision: W̃ `[C, D]`.
package struct ExtendedClassifier: Sendable {
  /// W̃ `[C, D]`, row-major.
  package var values: [Double]
  package let classCount: Int
  /// D, the count of features and one.
  package let dimension: Int

  package init(values: [Double], classCount: Int) {
    precondition(values.count.isMultiple(of: classCount), "\(values.count) for \(classCount) rows")
    self.values = values
    self.classCount = classCount
    dimension = values.count / classCount
  }

  package init(_ classifier: LinearClassifier) {
    let (classCount, width) = (classifier.weight.shape[0], classifier.weight.shape[1])
    var values: [Double] = []
    for row in 0..<classCount {
      values += classifier.weight.values[row * width..<(row + 1) * width].map(Double.init)
      values.append(Double(classifier.bias.values[row]))
    }
    self.init(values: values, classCount: classCount)
  }

  /// The same in single precision, weight and bias apart.
  package var classifier: LinearClassifier {
    let width = dimension - 1
    let weight = (0..<classCount).flatMap { row in
      values[row * dimension..<row * dimension + width].map { Float($0) }
    }
    let bias = (0..<classCount).map { Float(values[$0 * dimension + width]) }
    return LinearClassifier(
      weight: Tensor(shape: [classCount, width], values: weight),
      bias: Tensor(shape: [classCount], values: bias))
  }

  /// log P `[N, C]`: log-softmax of Z̃·W̃ᵀ, row by row.
  package func logProbabilities(of pack: FeaturePack) -> [Double] {
    var rows = [Double](repeating: 0, count: pack.count * classCount)
    MatrixProducts.multiply(
      pack.features, transposed: false, by: values, transposed: true, rows: pack.count,
      columns: classCount, inner: dimension, into: &rows)
    for row in 0..<pack.count { Self.logSoftmax(&rows, row * classCount..<(row + 1) * classCount) }
    return rows
  }

  private static func logSoftmax(_ values: inout [Double], _ range: Range<Int>) {
    var largest = -Double.infinity
    for index in range { largest = max(largest, values[index]) }
    var sum = 0.0
    for index in range { sum += exp(values[index] - largest) }
    let normaliser = largest + log(sum)
    for index in range { values[index] -= normaliser }
  }

  /// P `[N, C]`: softmax of Z̃·W̃ᵀ, row by row.
  package func probabilities(of pack: FeaturePack) -> [Double] {
    logProbabilities(of: pack).map { exp($0) }
  }

  /// R = P − E `[N, C]`, the gradient of each record's cross-entropy with respect to its logits.
  ///
  /// A record's gradient with respect to W̃ is the outer product of its row with its z̃.
  package func residuals(of pack: FeaturePack) -> [Double] {
    var residuals = probabilities(of: pack)
    for (row, label) in pack.labels.enumerated() { residuals[row * classCount + label] -= 1 }
    return residuals
  }

  /// Rᵀ·Z̃ `[C, D]`, the sum of the records' gradients, each scaled by what its row of R carries.
  package func summedGradient(_ residuals: [Double], of pack: FeaturePack) -> [Double] {
    var gradient = [Double](repeating: 0, count: values.count)
    MatrixProducts.multiply(
      residuals, transposed: true, by: pack.features, rows: classCount, columns: dimension,
      inner: pack.count, into: &gradient)
    return gradient
  }
}
