extension Network {
  /// Σ wᵢ·ℓᵢ over a batch, with ℓ the cross-entropy: every ℓᵢ and the gradient of the sum.
  ///
  /// Inputs are before preprocessing, `[n, h, w, channels]`; a weight may be negative or zero. The
  /// running statistics move when the mode is `.training`. Outside the scope gradients are empty.
  package mutating func weightedLoss(
    inputs: Tensor, labels: [Int], weights: [Float], mode: BatchNormalisationMode,
    scope: TrainableScope, threads: Int
  ) -> (losses: [Float], gradients: Gradients) {
    precondition(
      inputs.shape == [labels.count] + configuration.inputShape && labels.count == weights.count,
      "\(labels.count) labels and \(weights.count) weights for inputs of shape \(inputs.shape)")
    precondition(!labels.isEmpty, "a batch of no records has no gradient")
    let pass = LayerPass(imageCount: labels.count, mode: mode, threads: threads)
    if scope == .classifier && mode == .frozen {
      // With a frozen extractor the features are those of inference.
      return weightedLoss(
        features: features(of: inputs, threads: threads), labels: labels, weights: weights,
        threads: threads)
    }
    var trace = fused.forward(
      configuration.preprocessing.apply(to: inputs.values.span), extractorTensors, pass)
    let features = Tensor(shape: [labels.count, featureCount], values: trace.features)
    let loss = classifier.weightedLoss(
      features: features, labels: labels, weights: weights, threads: threads)
    let inner =
      scope == .all
      ? fused.backward(loss.featureGradient.values, &trace, extractorTensors, pass)
      : [[Float]](repeating: [], count: extractorTensors.count)
    if mode == .training { moveRunningStatistics(trace) }
    return (
      loss.losses,
      Gradients(
        scope: scope, values: inner + [loss.gradient.weight.values, loss.gradient.bias.values])
    )
  }

  /// The same from features `[n, d]`, with gradients of the classifier alone.
  package func weightedLoss(
    features: Tensor, labels: [Int], weights: [Float], threads: Int
  ) -> (losses: [Float], gradients: Gradients) {
    let loss = classifier.weightedLoss(
      features: features, labels: labels, weights: weights, threads: threads)
    let inner = [[Float]](repeating: [], count: extractorTensors.count)
    let gradient = [loss.gradient.weight.values, loss.gradient.bias.values]
    return (loss.losses, Gradients(scope: .classifier, values: inner + gradient))
  }

  private mutating func moveRunningStatistics(_ trace: LayerGraph.Trace) {
    for (node, output) in zip(fused.nodes, trace.outputs) where !output.buffers.isEmpty {
      let places = zip(node.parameters, node.layer.parameters).filter { $0.1.isBuffer }.map(\.0)
      for (place, values) in zip(places, output.buffers) { extractorTensors[place].values = values }
    }
  }
}
