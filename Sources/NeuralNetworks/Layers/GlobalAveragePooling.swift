/// The mean over all positions of an image, a channel at a time.
struct GlobalAveragePooling: Layer {
  let parameters: [LayerParameter] = []

  func outputShape(of inputs: [ImageShape]) -> ImageShape {
    ImageShape(height: 1, width: 1, channels: inputs[0].channels)
  }

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput {
    let input = inputs[0].values
    let shape = inputs[0].shape
    let channels = shape.channels
    let values = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(channels), threads: pass.threads
    ) { images, output in
      let x = input.span
      for (row, image) in images.enumerated() {
        for position in 0..<shape.positions {
          let start = image * shape.elementCount + position * channels
          for channel in 0..<channels { output[row * channels + channel] += x[start + channel] }
        }
      }
      let scale = 1 / Float(shape.positions)
      for index in output.indices { output[index] *= scale }
    }
    return LayerOutput(values: values)
  }

  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let shape = inputs[0].shape
    let channels = shape.channels
    let gradient = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(shape.elementCount), threads: pass.threads
    ) { images, inputGradient in
      let dy = outputGradient.span
      let scale = 1 / Float(shape.positions)
      for (row, image) in images.enumerated() {
        for position in 0..<shape.positions {
          let start = row * shape.elementCount + position * channels
          for channel in 0..<channels {
            inputGradient[start + channel] = dy[image * channels + channel] * scale
          }
        }
      }
    }
    return LayerGradients(inputs: [gradient])
  }
}
