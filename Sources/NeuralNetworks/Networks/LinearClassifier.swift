/// The last linear layer h of a network: logits = W·f + b.
package struct LinearClassifier: Hashable, Sendable {
  /// `[classes, features]`.
  package var weight: Tensor
  /// `[classes]`.
  package var bias: Tensor

  package init(weight: Tensor, bias: Tensor) {
    precondition(
      weight.shape.count == 2 && bias.shape == [weight.shape[0]],
      "no classifier has the shapes \(weight.shape) and \(bias.shape)")
    self.weight = weight
    self.bias = bias
  }

  package var classCount: Int { weight.shape[0] }
  package var featureCount: Int { weight.shape[1] }

  private var layer: Linear { Linear(inputs: featureCount, outputs: classCount) }

  /// `[n, classes]` from features `[n, features]`.
  package func logits(of features: Tensor) -> Tensor { logits(of: features, threads: 1) }

  func logits(of features: Tensor, threads: Int) -> Tensor {
    let count = features.shape[0]
    let pass = LayerPass(imageCount: count, mode: .frozen, threads: threads)
    let output = layer.forward([input(features)], [weight.values, bias.values], pass)
    return Tensor(shape: [count, classCount], values: output.values)
  }

  /// Σ wᵢ·ℓᵢ over records, with its gradients: dW = Σ wᵢ(pᵢ − yᵢ)fᵢᵀ, db = Σ wᵢ(pᵢ − yᵢ).
  ///
  /// Features are `[n, features]`; a weight may be negative or zero. Gives every ℓᵢ, the gradients
  /// in the classifier's own shapes, and that of the features `[n, features]`.
  package func weightedLoss(
    features: Tensor, labels: [Int], weights: [Float], threads: Int = 1
  ) -> (losses: [Float], gradient: LinearClassifier, featureGradient: Tensor) {
    let logits = logits(of: features, threads: threads)
    let losses = Softmax.crossEntropy(logits, labels: labels)
    let logitGradient = Softmax.crossEntropyGradient(logits, labels: labels, weights: weights)
    let pass = LayerPass(imageCount: labels.count, mode: .frozen, threads: threads)
    let gradients = layer.backward(
      logitGradient.values, [input(features)], LayerOutput(values: logits.values),
      [weight.values, bias.values], pass)
    return (
      losses,
      LinearClassifier(
        weight: Tensor(shape: weight.shape, values: gradients.parameters[0]),
        bias: Tensor(shape: bias.shape, values: gradients.parameters[1])),
      Tensor(shape: features.shape, values: gradients.inputs[0])
    )
  }

  private func input(_ features: Tensor) -> LayerInput {
    LayerInput(
      values: features.values, shape: ImageShape(height: 1, width: 1, channels: featureCount))
  }
}
