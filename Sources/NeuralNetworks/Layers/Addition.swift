/// y = a + b, the joint of a residual block; both gradients are dy.
struct Addition: Layer {
  let parameters: [LayerParameter] = []

  func outputShape(of inputs: [ImageShape]) throws(NetworkError) -> ImageShape {
    guard inputs[0] == inputs[1] else {
      throw NetworkError.invalidConfiguration(
        "a residual of shape \(inputs[1]) is added to \(inputs[0])")
    }
    return inputs[0]
  }

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput {
    let (a, b) = (inputs[0].values, inputs[1].values)
    let length = inputs[0].shape.elementCount
    let values = Parallel.filledArray(
      imageCount: pass.imageCount, length: length, imagesPerTask: Parallel.imagesPerChunk,
      threads: pass.threads
    ) { images, output in
      let range = images.lowerBound * length..<images.upperBound * length
      ChannelMaps.add(a.span.extracting(range), b.span.extracting(range), into: &output)
    }
    return LayerOutput(values: values)
  }

  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    LayerGradients(inputs: [outputGradient, outputGradient])
  }
}
