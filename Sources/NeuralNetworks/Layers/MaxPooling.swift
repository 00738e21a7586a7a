internal import CKernels

/// The largest value in each window; padding never wins.
///
/// The gradient goes to the first of the largest values, in row-major order, as in PyTorch.
struct MaxPooling: Layer {
  let kernel: Int
  let stride: Int
  let padding: Int
  let parameters: [LayerParameter] = []

  func outputShape(of inputs: [ImageShape]) throws(NetworkError) -> ImageShape {
    let height = (inputs[0].height + 2 * padding - kernel) / stride + 1
    let width = (inputs[0].width + 2 * padding - kernel) / stride + 1
    guard padding * 2 <= kernel, inputs[0].height + 2 * padding >= kernel,
      inputs[0].width + 2 * padding >= kernel
    else {
      throw NetworkError.invalidConfiguration(
        "max pooling over \(kernel) does not fit \(inputs[0])")
    }
    return ImageShape(height: height, width: width, channels: inputs[0].channels)
  }

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput {
    let input = inputs[0].values
    let from = inputs[0].shape
    let to = shape(of: from)
    let values = Parallel.filledArray(
      imageCount: pass.imageCount, length: to.elementCount, imagesPerTask: 1,
      threads: pass.threads
    ) { images, output in
      let x = input.span.extracting(
        images.lowerBound * from.elementCount..<images.upperBound * from.elementCount)
      Self.pool(x, windows(from, to), images.count, into: &output)
    }
    return LayerOutput(values: values)
  }

  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let (input, largest) = (inputs[0].values, output.values)
    let from = inputs[0].shape
    let to = shape(of: from)
    let gradient = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(from.elementCount), threads: pass.threads
    ) { images, inputGradient in
      let (x, y, dy) = (input.span, largest.span, outputGradient.span)
      var isGiven = [Bool](repeating: false, count: to.elementCount)
      for (slot, image) in images.enumerated() {
        for index in isGiven.indices { isGiven[index] = false }
        forEachPair(from, to) { source, target in
          for channel in 0..<from.channels {
            let element = image * to.elementCount + target + channel
            guard !isGiven[target + channel],
              x[image * from.elementCount + source + channel] == y[element]
            else { continue }
            isGiven[target + channel] = true
            inputGradient[slot * from.elementCount + source + channel] += dy[element]
          }
        }
      }
    }
    return LayerGradients(inputs: [gradient])
  }

  private func windows(_ from: ImageShape, _ to: ImageShape) -> imu_patch_shape {
    imu_patch_shape(
      height: from.height, width: from.width, channels: from.channels, output_height: to.height,
      output_width: to.width, kernel_height: kernel, kernel_width: kernel, stride_height: stride,
      stride_width: stride, padding_height: padding, padding_width: padding)
  }

  private static func pool(
    _ x: Span<Float>, _ windows: imu_patch_shape, _ imageCount: Int,
    into y: inout MutableSpan<Float>
  ) {
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe imu_max_pool(windows, x.baseAddress, imageCount, y.baseAddress)
      }
    }
  }

  private func shape(of input: ImageShape) -> ImageShape {
    ImageShape(
      height: (input.height + 2 * padding - kernel) / stride + 1,
      width: (input.width + 2 * padding - kernel) / stride + 1, channels: input.channels)
  }

  /// Calls the body with the offsets of a position and of each window it lies in.
  @inline(__always)
  private func forEachPair(_ from: ImageShape, _ to: ImageShape, _ body: (Int, Int) -> Void) {
    for row in 0..<to.height {
      for column in 0..<to.width {
        let target = (row * to.width + column) * to.channels
        for y in max(0, row * stride - padding)..<min(from.height, row * stride - padding + kernel)
        {
          let left = max(0, column * stride - padding)
          for x in left..<min(from.width, column * stride - padding + kernel) {
            body((y * from.width + x) * from.channels, target)
          }
        }
      }
    }
  }
}
