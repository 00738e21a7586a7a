/// y = γ·(x − μ)/√(σ² + ε) + β, a channel at a time, over the images and positions of a batch.
///
/// In training, μ and σ² are the batch's mean and (biased) variance, and the running statistics
/// move by momentum 0.1 to the mean and the unbiased variance; frozen, they are the running
/// statistics. Backward in training, with m elements a channel and x̂ = (x − μ)/√(σ² + ε):
/// dγ = Σ dy·x̂, dβ = Σ dy, dx = γ/√(σ² + ε)·(dy − dβ/m − x̂·dγ/m); frozen dx = γ/√(σ² + ε)·dy.
struct BatchNormalisation: Layer {
  let channels: Int
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
    let values = normalised(inputs[0], mean, inverse, parameters[0], parameters[1], pass)
    return LayerOutput(values: values, saved: [mean, inverse], buffers: buffers)
  }

  private func normalised(
    _ input: LayerInput, _ mean: [Float], _ inverse: [Float], _ gamma: [Float], _ beta: [Float],
    _ pass: LayerPass
  ) -> [Float] {
    let length = input.shape.elementCount
    let scale = zip(gamma, inverse).map { $0 * $1 }
    return Parallel.array(
      imageCount: pass.imageCount, part: .perImage(length), threads: pass.threads
    ) { images, y in
      let x = input.values.span.extracting(
        images.lowerBound * length..<images.upperBound * length)
      let (mean, scale, beta) = (mean.span, scale.span, beta.span)
      for start in Swift.stride(from: 0, to: x.count, by: channels) {
        for channel in 0..<channels {
          y[start + channel] = (x[start + channel] - mean[channel]) * scale[channel] + beta[channel]
        }
      }
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
    let sums = gradientSums(outputGradient, inputs[0], mean, inverse, pass)
    let gammaGradient = Array(sums.prefix(channels))
    let betaGradient = Array(sums.dropFirst(channels))
    let count = Float(pass.imageCount * inputs[0].shape.positions)
    let scale = zip(parameters[0], inverse).map { $0 * $1 }
    var (shift, slope) = (
      [Float](repeating: 0, count: channels), [Float](repeating: 0, count: channels)
    )
    if pass.mode == .training {
      shift = betaGradient.map { $0 / count }
      slope = zip(gammaGradient, inverse).map { $0 / count * $1 }
    }
    let inputGradient = self.inputGradient(
      outputGradient, inputs[0], mean, scale, shift, slope, pass)
    return LayerGradients(
      inputs: [inputGradient], parameters: [gammaGradient, betaGradient, [], []])
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
    return Parallel.sumOfParts(parts, length: 2 * channels)
  }

  /// dx = scale·(dy − shift − slope·(x − μ)).
  private func inputGradient(
    _ outputGradient: [Float], _ input: LayerInput, _ mean: [Float], _ scale: [Float],
    _ shift: [Float], _ slope: [Float], _ pass: LayerPass
  ) -> [Float] {
    let length = input.shape.elementCount
    return Parallel.array(
      imageCount: pass.imageCount, part: .perImage(length), threads: pass.threads
    ) { images, dx in
      let range = images.lowerBound * length..<images.upperBound * length
      let x = input.values.span.extracting(range)
      let dy = outputGradient.span.extracting(range)
      let (mean, scale, shift, slope) = (mean.span, scale.span, shift.span, slope.span)
      for start in Swift.stride(from: 0, to: x.count, by: channels) {
        for c in 0..<channels {
          dx[start + c] =
            scale[c] * (dy[start + c] - shift[c] - slope[c] * (x[start + c] - mean[c]))
        }
      }
    }
  }
}
