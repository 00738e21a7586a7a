import FoundationEssentials
import Glibc

/// Softmax and its cross-entropy, computed in double precision.
package enum Softmax {
  /// p = exp(z)/Σ exp(z) of every row of logits `[n, classes]`.
  package static func probabilities(_ logits: Tensor) -> Tensor {
    var values: [Float] = []
    values.reserveCapacity(logits.values.count)
    for row in 0..<logits.shape[0] {
      values.append(contentsOf: probabilities(logits, row: row).map(Float.init))
    }
    return Tensor(shape: logits.shape, values: values)
  }

  /// ℓ = log Σ exp(z) − z_label of every row.
  package static func crossEntropy(_ logits: Tensor, labels: [Int]) -> [Float] {
    let classes = logits.shape[1]
    return labels.enumerated().map { row, label in
      let z = logits.values[row * classes..<(row + 1) * classes]
      let largest = Double(z.max() ?? 0)
      let sum = z.reduce(0.0) { $0 + exp(Double($1) - largest) }
      return Float(log(sum) + largest - Double(z[z.startIndex + label]))
    }
  }

  /// wᵢ(pᵢ − yᵢ): the gradient of Σ wᵢ·ℓᵢ with respect to the logits.
  package static func crossEntropyGradient(
    _ logits: Tensor, labels: [Int], weights: [Float]
  ) -> Tensor {
    precondition(labels.count == weights.count, "\(weights.count) weights, \(labels.count) labels")
    var values: [Float] = []
    values.reserveCapacity(logits.values.count)
    for (row, label) in labels.enumerated() {
      var p = probabilities(logits, row: row)
      p[label] -= 1
      let weight = Double(weights[row])
      values.append(contentsOf: p.map { Float(weight * $0) })
    }
    return Tensor(shape: logits.shape, values: values)
  }

  private static func probabilities(_ logits: Tensor, row: Int) -> [Double] {
    let classes = logits.shape[1]
    let z = logits.values[row * classes..<(row + 1) * classes]
    let largest = Double(z.max() ?? 0)
    let powers = z.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
