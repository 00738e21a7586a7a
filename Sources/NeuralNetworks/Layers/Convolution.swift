/// A cross-correlation with zero padding; a series is an image of height 1.
///
/// The weight is `[out, in, kernel height, kernel width]` as in PyTorch's files, also when the kernel
/// height is 1. As a matrix product: with X the patches (`ConvolutionPatches`) and W the weight as
/// `[out, patch]`, Y = X·Wᵀ + b; backward dW = dYᵀ·X, db = Σ dY, dX = patches⁻¹(dY·W).
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
    let patches = ConvolutionPatches(self, layerInputs[0].shape)
    let input = layerInputs[0].values
    let weight = patchWeight(parameters[0])
    let bias = hasBias ? parameters[1] : []
    let library = MatrixProducts.library
    let length = patches.output.elementCount
    let values = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(length), threads: pass.threads
    ) { images, y in
      var scratch = patches.scratch(imageCount: images.count)
      for block in patches.blocks(images) {
        let rows = block.count * patches.output.positions
        patches.gather(input.span, block, into: &scratch)
        library.multiply(
          scratch.span.extracting(0..<rows * patchLength), weight.span,
          ProductExtents(
            rows, outputs, patchLength, transposingLeft: false, transposingRight: true),
          alpha: 1, beta: 0, into: &y, at: (block.lowerBound - images.lowerBound) * length)
      }
      if hasBias { Self.add(bias.span, toRowsOf: &y) }
    }
    return LayerOutput(values: values)
  }

  private static func add(_ bias: Span<Float>, toRowsOf y: inout MutableSpan<Float>) {
    for start in Swift.stride(from: 0, to: y.count, by: bias.count) {
      for index in bias.indices { y[start + index] += bias[index] }
    }
  }

  func backward(
    _ outputGradient: [Float], _ layerInputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let patches = ConvolutionPatches(self, layerInputs[0].shape)
    let input = layerInputs[0].values
    let weight = patchWeight(parameters[0])
    let weightCount = outputs * patchLength
    let inputLength = pass.needsInputGradient ? patches.input.elementCount : 0
    let (inputGradient, parts) = Parallel.arrays(
      imageCount: pass.imageCount, .perImage(inputLength),
      .perChunk(weightCount + (hasBias ? outputs : 0)), threads: pass.threads
    ) { images, dx, partial in
      if hasBias { biasGradient(outputGradient.span, images, patches, &partial) }
      chunkGradients(
        input.span, outputGradient.span, weight.span, images, patches, dx: &dx, dW: &partial)
    }
    let sum = Parallel.sumOfParts(parts, length: weightCount + (hasBias ? outputs : 0))
    let weightGradient = fileWeight(Array(sum.prefix(weightCount)))
    return LayerGradients(
      inputs: [inputGradient],
      parameters: hasBias ? [weightGradient, Array(sum.dropFirst(weightCount))] : [weightGradient])
  }

  /// The gradients of one chunk of images: its own input gradient, and its share of dW added to `dW`.
  private func chunkGradients(
    _ input: Span<Float>, _ outputGradient: Span<Float>, _ weight: Span<Float>,
    _ images: Range<Int>, _ patches: ConvolutionPatches, dx: inout MutableSpan<Float>,
    dW: inout MutableSpan<Float>
  ) {
    let library = MatrixProducts.library
    let (from, to) = (patches.input.elementCount, patches.output.elementCount)
    var scratch = patches.scratch(imageCount: images.count)
    for block in patches.blocks(images) {
      let rows = block.count * patches.output.positions
      let dy = outputGradient.extracting(block.lowerBound * to..<block.upperBound * to)
      patches.gather(input, block, into: &scratch)
      library.multiply(
        dy, scratch.span.extracting(0..<rows * patchLength),
        ProductExtents(outputs, patchLength, rows, transposingLeft: true, transposingRight: false),
        alpha: 1, beta: 1, into: &dW)
      guard dx.count > 0 else { continue }
      var patchGradient = scratch.mutableSpan
      library.multiply(
        dy, weight,
        ProductExtents(rows, patchLength, outputs, transposingLeft: false, transposingRight: false),
        alpha: 1, beta: 0, into: &patchGradient)
      patches.scatter(
        scratch.span, block.count, addingTo: &dx,
        at: (block.lowerBound - images.lowerBound) * from)
    }
  }

  private func biasGradient(
    _ outputGradient: Span<Float>, _ images: Range<Int>, _ patches: ConvolutionPatches,
    _ partial: inout MutableSpan<Float>
  ) {
    let length = patches.output.elementCount
    let offset = outputs * patchLength
    for start in Swift.stride(
      from: images.lowerBound * length, to: images.upperBound * length, by: outputs)
    {
      for output in 0..<outputs { partial[offset + output] += outputGradient[start + output] }
    }
  }
}
