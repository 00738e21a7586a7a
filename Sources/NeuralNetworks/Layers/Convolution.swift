/// A cross-correlation with zero padding; a series is an image of height 1.
///
/// The weight is `[out, in, kernel height, kernel width]` as in PyTorch's files, also when the kernel
/// height is 1. As a matrix product: with X the patches (a row is what lies under the kernel at one
/// output position) and W the weight as `[out, patch]`, Y = X·Wᵀ + b; backward dW = dYᵀ·X, db = Σ dY,
/// dX = patches⁻¹(dY·W). A 3×3 convolution of stride 1 runs by Winograd's F(4×4, 3×3) instead, with
/// about a fourth of the multiplications.
struct Convolution: Layer {
  let inputs: Int
  let outputs: Int
  let kernel: Extent
  var stride = Extent(height: 1, width: 1)
  var padding = Extent(height: 0, width: 0)
  var hasBias = false

  /// A height and a width.
  struct Extent: Hashable, Sendable {
    let height, width: Int

    init(height: Int, width: Int) {
      self.height = height
      self.width = width
    }

    init(_ side: Int) { self.init(height: side, width: side) }
  }

  var patchLength: Int { kernel.height * kernel.width * inputs }

  var parameters: [LayerParameter] {
    let weight = LayerParameter(
      name: "weight", shape: [outputs, inputs, kernel.height, kernel.width],
      initialisation: .uniform(fanIn: patchLength))
    let bias = LayerParameter(
      name: "bias", shape: [outputs], initialisation: .uniform(fanIn: patchLength))
    return hasBias ? [weight, bias] : [weight]
  }

  func outputShape(of shapes: [ImageShape]) throws(NetworkError) -> ImageShape {
    let input = shapes[0]
    guard input.channels == inputs, input.height + 2 * padding.height >= kernel.height,
      input.width + 2 * padding.width >= kernel.width
    else {
      throw NetworkError.invalidConfiguration(
        "a convolution of \(inputs) channels by \(kernel.height)×\(kernel.width) gets \(input)")
    }
    return shape(of: input)
  }

  func shape(of input: ImageShape) -> ImageShape {
    ImageShape(
      height: (input.height + 2 * padding.height - kernel.height) / stride.height + 1,
      width: (input.width + 2 * padding.width - kernel.width) / stride.width + 1,
      channels: outputs)
  }

  func forward(
    _ layerInputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerOutput {
    let weight = ConvolutionWeight(
      ConvolutionGeometry(self, layerInputs[0].shape), parameters[0],
      bias: hasBias ? parameters[1] : [], threads: pass.threads)
    return LayerOutput(values: Self.apply(weight, layerInputs[0].values, pass))
  }

  private static func apply(
    _ weight: ConvolutionWeight, _ input: [Float], _ pass: LayerPass
  ) -> [Float] {
    let geometry = weight.geometry
    let length = geometry.input.elementCount
    return Parallel.filledArray(
      imageCount: pass.imageCount, length: geometry.output.elementCount,
      imagesPerTask: geometry.imagesPerTask(pass.imageCount, threads: pass.threads),
      threads: pass.threads
    ) { images, y in
      var scratch = Scratch.array(geometry.scratchCount)
      weight.apply(
        input.span.extracting(images.lowerBound * length..<images.upperBound * length),
        imageCount: images.count, residual: Span(), isRectified: false, into: &y,
        scratch: &scratch)
    }
  }

  func backward(
    _ outputGradient: [Float], _ layerInputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let geometry = ConvolutionGeometry(self, layerInputs[0].shape)
    let input = layerInputs[0].values
    var inputGradient: [Float] = []
    if pass.needsInputGradient {
      inputGradient =
        geometry.isWinograd
        ? Self.apply(
          ConvolutionWeight(flipping: geometry, parameters[0], threads: pass.threads),
          outputGradient, pass)
        : geometry.patchInputGradient(outputGradient, parameters[0], pass)
    }
    let weightGradient =
      geometry.isWinograd
      ? geometry.winogradWeightGradient(input, outputGradient, pass)
      : geometry.patchWeightGradient(input, outputGradient, pass)
    return LayerGradients(
      inputs: [inputGradient],
      parameters: hasBias
        ? [weightGradient, biasGradient(outputGradient, geometry, pass)] : [weightGradient])
  }

  private func biasGradient(
    _ outputGradient: [Float], _ geometry: ConvolutionGeometry, _ pass: LayerPass
  ) -> [Float] {
    let length = geometry.output.elementCount
    let parts = Parallel.array(
      imageCount: pass.imageCount, part: .perChunk(outputs), threads: pass.threads
    ) { images, sums in
      ChannelSums.add(
        outputGradient.span.extracting(images.lowerBound * length..<images.upperBound * length),
        channels: outputs, into: &sums)
    }
    return Parallel.sumOfParts(parts, length: outputs, threads: pass.threads)
  }
}
