/// y = W·x + b on the features of each image.
///
/// W is `[out, in]` and b `[out]`. Backward: dx = Wᵀ·dy, dW = Σ dy·xᵀ, db = Σ dy.
struct Linear: Layer {
  let inputs: Int
  let outputs: Int

  var parameters: [LayerParameter] {
    [
      LayerParameter(
        name: "weight", shape: [outputs, inputs], initialisation: .uniform(fanIn: inputs)),
      LayerParameter(name: "bias", shape: [outputs], initialisation: .uniform(fanIn: inputs)),
    ]
  }

  func outputShape(of shapes: [ImageShape]) throws(NetworkError) -> ImageShape {
    guard shapes[0].elementCount == inputs, shapes[0].positions == 1 else {
      throw NetworkError.invalidConfiguration(
        "a linear layer for \(inputs) features gets \(shapes[0])")
    }
    return ImageShape(height: 1, width: 1, channels: outputs)
  }

  /// The same as a convolution over one position, whose kernel gives every image the same bits
  /// whatever stands beside it.
  var convolution: Convolution {
    Convolution(inputs: inputs, outputs: outputs, kernel: .init(1), hasBias: true)
  }

  func forward(
    _ layerInputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerOutput {
    convolution.forward(layerInputs, parameters, pass)
  }

  func backward(
    _ outputGradient: [Float], _ layerInputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let x = layerInputs[0].values
    let weight = parameters[0]
    let library = MatrixProducts.library
    let weightCount = outputs * inputs
    let (inputGradient, partialSums) = Parallel.arrays(
      imageCount: pass.imageCount, .perImage(inputs), .perChunk(weightCount + outputs),
      threads: pass.threads
    ) { images, dx, partial in
      let rows = images.count
      let dy = outputGradient.span.extracting(
        images.lowerBound * outputs..<images.upperBound * outputs)
      let x = x.span.extracting(images.lowerBound * inputs..<images.upperBound * inputs)
      library.multiply(
        dy, weight.span,
        ProductExtents(rows, inputs, outputs, transposingLeft: false, transposingRight: false),
        alpha: 1, beta: 0, into: &dx)
      for row in 0..<rows {
        for output in 0..<outputs { partial[weightCount + output] += dy[row * outputs + output] }
      }
      library.multiply(
        dy, x,
        ProductExtents(outputs, inputs, rows, transposingLeft: true, transposingRight: false),
        alpha: 1, beta: 0, into: &partial)
    }
    let sum = Parallel.sumOfParts(partialSums, length: weightCount + outputs, threads: pass.threads)
    return LayerGradients(
      inputs: [inputGradient],
      parameters: [Array(sum.prefix(weightCount)), Array(sum.dropFirst(weightCount))])
  }
}
