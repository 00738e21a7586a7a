/// The shortcut without weights of He and others (2016), option A.
///
/// Every `stride`-th position of every `stride`-th row, with the new channels zero: half of them
/// before the old ones and half behind, as in akamaster/pytorch_resnet_cifar10.
struct PaddingShortcut: Layer {
  let inputs: Int
  let outputs: Int
  let stride: Int
  let parameters: [LayerParameter] = []

  func outputShape(of shapes: [ImageShape]) throws(NetworkError) -> ImageShape {
    guard shapes[0].channels == inputs, outputs >= inputs else {
      throw NetworkError.invalidConfiguration(
        "a shortcut from \(inputs) to \(outputs) channels gets \(shapes[0])")
    }
    return shape(of: shapes[0])
  }

  private func shape(of input: ImageShape) -> ImageShape {
    ImageShape(
      height: (input.height - 1) / stride + 1, width: (input.width - 1) / stride + 1,
      channels: outputs)
  }

  func forward(
    _ layerInputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerOutput {
    let input = layerInputs[0].values
    let from = layerInputs[0].shape
    let to = shape(of: from)
    let values = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(to.elementCount), threads: pass.threads
    ) { images, output in
      let x = input.span
      for (slot, image) in images.enumerated() {
        forEachPair(from, to) { source, target in
          output[slot * to.elementCount + target] = x[image * from.elementCount + source]
        }
      }
    }
    return LayerOutput(values: values)
  }

  func backward(
    _ outputGradient: [Float], _ layerInputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let from = layerInputs[0].shape
    let to = shape(of: from)
    let gradient = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(from.elementCount), threads: pass.threads
    ) { images, inputGradient in
      let dy = outputGradient.span
      for (slot, image) in images.enumerated() {
        forEachPair(from, to) { source, target in
          inputGradient[slot * from.elementCount + source] = dy[image * to.elementCount + target]
        }
      }
    }
    return LayerGradients(inputs: [gradient])
  }

  /// Calls the body with the offset of each element that is kept, and where it goes.
  @inline(__always)
  private func forEachPair(_ from: ImageShape, _ to: ImageShape, _ body: (Int, Int) -> Void) {
    let before = (outputs - inputs) / 2
    for row in 0..<to.height {
      for column in 0..<to.width {
        let source = (row * stride * from.width + column * stride) * inputs
        let target = (row * to.width + column) * outputs + before
        for channel in 0..<inputs { body(source + channel, target + channel) }
      }
    }
  }
}
