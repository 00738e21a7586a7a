internal import CKernels

/// y = max(x, 0), and dx = dy where x > 0.
struct RectifiedLinear: Layer {
  let parameters: [LayerParameter] = []

  func outputShape(of inputs: [ImageShape]) -> ImageShape { inputs[0] }

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput {
    let input = inputs[0].values
    let length = inputs[0].shape.elementCount
    let values = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(length), threads: pass.threads
    ) { images, output in
      let x = input.span.extracting(images.lowerBound * length..<images.upperBound * length)
      for index in x.indices { output[index] = max(x[index], 0) }
    }
    return LayerOutput(values: values)
  }

  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients {
    let y = output.values
    let length = inputs[0].shape.elementCount
    let gradient = Parallel.array(
      imageCount: pass.imageCount, part: .perImage(length), threads: pass.threads
    ) { images, inputGradient in
      let range = images.lowerBound * length..<images.upperBound * length
      let y = y.span.extracting(range)
      let dy = outputGradient.span.extracting(range)
      Self.gradient(y, dy, into: &inputGradient)
    }
    return LayerGradients(inputs: [gradient])
  }

  private static func gradient(
    _ y: Span<Float>, _ dy: Span<Float>, into dx: inout MutableSpan<Float>
  ) {
    precondition(y.count == dy.count && y.count == dx.count)
    unsafe y.withUnsafeBufferPointer { y in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe imu_rectified_gradient(y.baseAddress, dy.baseAddress, y.count, dx.baseAddress)
        }
      }
    }
  }
}
