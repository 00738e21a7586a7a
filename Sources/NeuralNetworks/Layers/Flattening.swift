/// An image as one row of features, channel by channel as PyTorch's `flatten` has them.
///
/// `[height, width, channels]` becomes `[channels · height · width]`, so that the weights of a linear
/// layer behind it mean the same in both.
struct Flattening: Layer {
  let parameters: [LayerParameter] = []

  func outputShape(of inputs: [ImageShape]) -> ImageShape {
    ImageShape(height: 1, width: 1, channels: inputs[0].elementCount)
  }

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput {
    let shape = inputs[0].shape
    return LayerOutput(
      values: transposed(
        inputs[0].values, rows: shape.positions, columns: shape.channels, pass))
  }

  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let shape = inputs[0].shape
    return LayerGradients(inputs: [
      transposed(outputGradient, rows: shape.channels, columns: shape.positions, pass)
    ])
  }

  private func transposed(
    _ input: [Float], rows: Int, columns: Int, _ pass: LayerPass
  ) -> [Float] {
    let length = rows * columns
    return Parallel.array(
      imageCount: pass.imageCount, part: .perImage(length), threads: pass.threads
    ) { images, output in
      let x = input.span
      for (slot, image) in images.enumerated() {
        for row in 0..<rows {
          for column in 0..<columns {
            output[slot * length + column * rows + row] = x[image * length + row * columns + column]
          }
        }
      }
    }
  }
}
