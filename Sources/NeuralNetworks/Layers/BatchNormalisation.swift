/// y = γ·(x − μ)/√(σ² + ε) + β, a channel at a time, over the images and positions of a batch.
///
/// In training, μ and σ² are the batch's mean and (biased) variance, and the running statistics
/// move by momentum 0.1 to the mean and the unbiased variance; frozen, they are the running
/// statistics. Backward in training, with m elements a channel and x̂ = (x − μ)/√(σ² + ε):
/// dγ = Σ dy·x̂, dβ = Σ dy, dx = γ/√(σ² + ε)·(dy − dβ/m − x̂·dγ/m); frozen dx = γ/√(σ² + ε)·dy.
///
/// A second input is a residual, added to y; rectified, the output is max(y, 0). So a graph's sums and
/// ReLUs behind it need no passes of their own (`LayerGraph.fused`).
struct BatchNormalisation: Layer {
  let channels: Int
  var isRectified = false
  static let epsilon = 1e-5
  static let momentum = 0.1

  var parameters: [LayerParameter] {
    [
      LayerParameter(name: "weight", shape: [channels], initialisation: .constant(1)),
      LayerParameter(name: "bias", shape: [channels], initialisation: .constant(0)),
      LayerParameter(
        name: "running_mean", shape: [channels], initialisation: .constant(0), isBuffer: true),
      LayerParameter(
        name: "running_var", shape: [channels], initialisation: .constant(1), isBuffer: true),
    ]
  }

  func outputShape(of inputs: [ImageShape]) -> ImageShape { inputs[0] }

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput {
    let moments: BatchMoments
    var buffers: [[Float]] = []
    switch pass.mode {
    case .frozen:
      moments = BatchMoments(
        mean: parameters[2].map(Double.init), variance: parameters[3].map(Double.init))
    case .training:
      moments = BatchMoments(of: inputs[0], pass)
      buffers = moved(parameters[2], parameters[3], moments, inputs[0], pass)
    }
    let mean = moments.mean.map(Float.init)
    let inverse = moments.variance.map { Float(1 / ($0 + Self.epsilon).squareRoot()) }
    let scale = zip(parameters[0], inverse).map { $0 * $1 }
    let values = normalised(inputs, mean, scale, parameters[1], pass)
    return LayerOutput(values: values, saved: [mean, inverse], buffers: buffers)
  }

  private func normalised(
    _ inputs: [LayerInput], _ mean: [Float], _ scale: [Float], _ beta: [Float], _ pass: LayerPass
  ) -> [Float] {
    let length = inputs[0].shape.elementCount
    let x = inputs[0].values
    let residual = inputs.count > 1 ? inputs[1].values : []
    return Parallel.filledArray(
      imageCount: pass.imageCount, length: length, imagesPerTask: Parallel.imagesPerChunk,
      threads: pass.threads
    ) { images, y in
      let range = images.lowerBound * length..<images.upperBound * length
      ChannelMaps.normalise(
        x.span.extracting(range), mean: mean, scale: scale, beta: beta,
        residual: residual.isEmpty ? Span() : residual.span.extracting(range),
        isRectified: isRectified, into: &y)
    }
  }

  private func moved(
    _ runningMean: [Float], _ runningVariance: [Float], _ moments: BatchMoments,
    _ input: LayerInput, _ pass: LayerPass
  ) -> [[Float]] {
    let count = Double(pass.imageCount * input.shape.positions)
    precondition(count > 1, "batch statistics need more than one value a channel")
    let unbiased = count / (count - 1)
    return [
      zip(runningMean, moments.mean).map {
        Float((1 - Self.momentum) * Double($0) + Self.momentum * $1)
      },
      zip(runningVariance, moments.variance).map {
        Float((1 - Self.momentum) * Double($0) + Self.momentum * unbiased * $1)
      },
    ]
  }

  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let (mean, inverse) = (output.saved[0], output.saved[1])
    let (gradient, sums) =
      isRectified
      ? rectifiedSums(outputGradient, inputs[0], output.values, mean, inverse, pass)
      : (outputGradient, gradientSums(outputGradient, inputs[0], mean, inverse, pass))
    let gammaGradient = Array(sums.prefix(channels))
    let betaGradient = Array(sums.dropFirst(channels))
    let count = Float(pass.imageCount * inputs[0].shape.positions)
    let scale = zip(parameters[0], inverse).map { $0 * $1 }
    let movesWithBatch: Float = pass.mode == .training ? 1 : 0
    let shift = betaGradient.map { movesWithBatch * $0 / count }
    let slope = zip(gammaGradient, inverse).map { movesWithBatch * $0 / count * $1 }
    let length = inputs[0].shape.elementCount
    let x = inputs[0].values
    let inputGradient = Parallel.filledArray(
      imageCount: pass.imageCount, length: length, imagesPerTask: Parallel.imagesPerChunk,
      threads: pass.threads
    ) { images, dx in
      let range = images.lowerBound * length..<images.upperBound * length
      ChannelMaps.normalisationGradient(
        x.span.extracting(range), gradient.span.extracting(range), mean: mean,
        scale: scale, shift: shift, slope: slope, into: &dx)
    }
    return LayerGradients(
      inputs: inputs.count > 1 ? [inputGradient, gradient] : [inputGradient],
      parameters: [gammaGradient, betaGradient, [], []])
  }

  /// Σ dy·x̂ of every channel, then Σ dy of every channel.
  private func gradientSums(
    _ outputGradient: [Float], _ input: LayerInput, _ mean: [Float], _ inverse: [Float],
    _ pass: LayerPass
  ) -> [Float] {
    let length = input.shape.elementCount
    let parts = Parallel.array(
      imageCount: pass.imageCount, part: .perChunk(2 * channels), threads: pass.threads
    ) { images, sums in
      let range = images.lowerBound * length..<images.upperBound * length
      let x = input.values.span.extracting(range)
      let dy = outputGradient.span.extracting(range)
      ChannelSums.products(x, dy, mean: mean.span, into: &sums)
      for channel in 0..<channels { sums[channel] *= inverse[channel] }
    }
    return Parallel.sumOfParts(parts, length: 2 * channels, threads: pass.threads)
  }

  /// The gradient in front of the ReLU, and its `gradientSums`.
  private func rectifiedSums(
    _ outputGradient: [Float], _ input: LayerInput, _ output: [Float], _ mean: [Float],
    _ inverse: [Float], _ pass: LayerPass
  ) -> ([Float], [Float]) {
    let length = input.shape.elementCount
    let (gradient, parts) = Parallel.arrays(
      imageCount: pass.imageCount, .perImage(length), .perChunk(2 * channels),
      threads: pass.threads
    ) { images, gradient, sums in
      let range = images.lowerBound * length..<images.upperBound * length
      ChannelSums.rectifiedProducts(
        input.values.span.extracting(range), output.span.extracting(range),
        outputGradient.span.extracting(range), mean: mean, into: &sums, gradient: &gradient)
      for channel in 0..<channels { sums[channel] *= inverse[channel] }
    }
    return (gradient, Parallel.sumOfParts(parts, length: 2 * channels, threads: pass.threads))
  }
}
