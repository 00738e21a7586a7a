/// Means over windows that divide an image of any size into `side`×`side` (PyTorch's AdaptiveAvgPool2d).
///
/// Output i of a length n covers the positions from ⌊i·n/side⌋ to ⌈(i + 1)·n/side⌉, so windows may
/// overlap, and a smaller image is repeated.
struct AdaptiveAveragePooling: Layer {
  let side: Int
  let parameters: [LayerParameter] = []

  func outputShape(of inputs: [ImageShape]) -> ImageShape {
    ImageShape(height: side, width: side, channels: inputs[0].channels)
  }

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput {
    let input = inputs[0].values
    let from = inputs[0].shape
    let length = side * side * from.channels
    let values = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(length), threads: pass.threads
    ) { images, output in
      let x = input.span
      for (slot, image) in images.enumerated() {
        forEachPair(from) { source, target, share in
          for channel in 0..<from.channels {
            output[slot * length + target + channel] +=
              x[image * from.elementCount + source + channel] * share
          }
        }
      }
    }
    return LayerOutput(values: values)
  }

  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let from = inputs[0].shape
    let length = side * side * from.channels
    let gradient = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(from.elementCount), threads: pass.threads
    ) { images, inputGradient in
      let dy = outputGradient.span
      for (slot, image) in images.enumerated() {
        forEachPair(from) { source, target, share in
          for channel in 0..<from.channels {
            inputGradient[slot * from.elementCount + source + channel] +=
              dy[image * length + target + channel] * share
          }
        }
      }
    }
    return LayerGradients(inputs: [gradient])
  }

  private func window(_ index: Int, of length: Int) -> Range<Int> {
    index * length / side..<((index + 1) * length + side - 1) / side
  }

  /// Calls the body with the offsets of a position and of a window it lies in, and its share there.
  @inline(__always)
  private func forEachPair(_ from: ImageShape, _ body: (Int, Int, Float) -> Void) {
    for row in 0..<side {
      let rows = window(row, of: from.height)
      for column in 0..<side {
        let columns = window(column, of: from.width)
        let share = 1 / Float(rows.count * columns.count)
        for y in rows {
          for x in columns {
            body((y * from.width + x) * from.channels, (row * side + column) * from.channels, share)
          }
        }
      }
    }
  }
}
