internal import CKernels

/// The gradients of a convolution.
extension ConvolutionGeometry {
  /// dX = patches⁻¹(dY·W), a few images at a time.
  func patchInputGradient(
    _ outputGradient: [Float], _ weight: [Float], _ pass: LayerPass
  ) -> [Float] {
    let packed = transposedWeight(weight)
    let (from, to) = (input.elementCount, output.elementCount)
    return Parallel.filledArray(
      imageCount: pass.imageCount, length: from,
      imagesPerTask: imagesPerTask(pass.imageCount, threads: pass.threads), threads: pass.threads
    ) { images, dx in
      for index in dx.indices { dx[index] = 0 }
      var scratch = Scratch.array(imu_patch_scratch(patches))
      let dy = outputGradient.span.extracting(images.lowerBound * to..<images.upperBound * to)
      precondition(dx.count == images.count * from)
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe imu_patch_input_gradient(
            patches, convolution.outputs, dy.baseAddress, images.count, packed, dx.baseAddress,
            &scratch)
        }
      }
    }
  }

  private func transposedWeight(_ weight: [Float]) -> [Float] {
    precondition(weight.count == convolution.outputs * convolution.patchLength)
    let count = imu_packed_count(convolution.outputs, convolution.patchLength)
    return unsafe [Float](unsafeUninitializedCapacity: count) { packed, initialised in
      unsafe imu_transposed_weight(
        weight, convolution.inputs, convolution.outputs,
        convolution.kernel.height * convolution.kernel.width, packed.baseAddress)
      initialised = count
    }
  }

  /// At most so many partial sums of a weight's gradient are kept.
  private static let partialSums = 8

  /// dW = dYᵀ·X over fixed runs of images, added in their order: `[out, in, height, width]`.
  func patchWeightGradient(
    _ input: [Float], _ outputGradient: [Float], _ pass: LayerPass
  ) -> [Float] {
    let (from, to) = (self.input.elementCount, output.elementCount)
    let length = convolution.outputs * convolution.patchLength
    let run = max(1, (pass.imageCount + Self.partialSums - 1) / Self.partialSums)
    let runs = (pass.imageCount + run - 1) / run
    let parts = Parallel.filledArray(
      imageCount: runs, length: length, imagesPerTask: 1, threads: pass.threads
    ) { task, dW in
      for index in dW.indices { dW[index] = 0 }
      let images = task.lowerBound * run..<min(task.upperBound * run, pass.imageCount)
      let x = input.span.extracting(images.lowerBound * from..<images.upperBound * from)
      let dy = outputGradient.span.extracting(images.lowerBound * to..<images.upperBound * to)
      precondition(dW.count == length)
      var scratch = Scratch.array(imu_patch_scratch(patches))
      unsafe x.withUnsafeBufferPointer { x in
        unsafe dy.withUnsafeBufferPointer { dy in
          unsafe dW.withUnsafeMutableBufferPointer { dW in
            unsafe imu_patch_weight_gradient(
              patches, convolution.outputs, x.baseAddress, dy.baseAddress, images.count,
              dW.baseAddress, &scratch)
          }
        }
      }
    }
    return fileWeight(Parallel.sumOfParts(parts, length: length, threads: pass.threads))
  }

  /// From `[out, height, width, in]` to `[out, in, height, width]`.
  private func fileWeight(_ weight: [Float]) -> [Float] {
    let (taps, inputs) = (convolution.kernel.height * convolution.kernel.width, convolution.inputs)
    guard taps > 1 else { return weight }
    var result = [Float](repeating: 0, count: weight.count)
    for output in 0..<convolution.outputs {
      let start = output * taps * inputs
      for tap in 0..<taps {
        for input in 0..<inputs {
          result[start + input * taps + tap] = weight[start + tap * inputs + input]
        }
      }
    }
    return result
  }
}
