internal import CKernels

/// The gradient of a 3×3 weight in Winograd's domain.
extension ConvolutionGeometry {
  /// So many elements of transformed inputs and gradients are held at a time.
  ///
  /// 4 MiB stay in the cache; but as many as the sum has, which is read and written for each run of
  /// images.
  private var heldElements: Int { max(1 << 20, 36 * convolution.inputs * convolution.outputs) }

  /// dg = Gᵀ·(Σ over tiles of V⊙dM)·G, `[out, in, 3, 3]`.
  ///
  /// Workers share the tiles for the transforms and the 36 points for the sums, so every sum runs in
  /// the order of the tiles whatever the number of workers.
  func winogradWeightGradient(
    _ input: [Float], _ outputGradient: [Float], _ pass: LayerPass
  ) -> [Float] {
    let (inputs, outputs) = (convolution.inputs, convolution.outputs)
    let tilesPerImage = imu_winograd_tiles(patches)
    let perImage = 36 * tilesPerImage * (inputs + outputs)
    let run = min(pass.imageCount, max(1, heldElements / perImage))
    var v = Scratch.array(imu_winograd_gradient_scratch(inputs, run * tilesPerImage))
    var m = Scratch.array(imu_winograd_gradient_scratch(outputs, run * tilesPerImage))
    var transformed = Scratch.array(36 * inputs * outputs)
    for first in Swift.stride(from: 0, to: pass.imageCount, by: run) {
      let images = first..<min(first + run, pass.imageCount)
      transform(input, outputGradient, images, pass.threads, &v, &m)
      addProducts(
        v, m, tiles: images.count * tilesPerImage, adds: first > 0, pass.threads, &transformed)
    }
    return weight(transformed, pass.threads)
  }

  /// Gᵀ·dU·G for every pair of channels.
  private func weight(_ transformed: [Float], _ threads: Int) -> [Float] {
    let (inputs, outputs) = (convolution.inputs, convolution.outputs)
    precondition(transformed.count == 36 * inputs * outputs)
    return unsafe [Float](unsafeUninitializedCapacity: outputs * inputs * 9) {
      weight, initialised in
      // Every run of 32 outputs fills elements of its own.
      nonisolated(unsafe) let start = weight.baseAddress
      Parallel.forEach((outputs + 31) / 32, threads: threads) { run in
        unsafe imu_winograd_weight_gradient(transformed, inputs, outputs, run, run + 1, start)
      }
      initialised = outputs * inputs * 9
    }
  }

  /// V and dM of a run of images.
  private func transform(
    _ input: [Float], _ outputGradient: [Float], _ images: Range<Int>, _ threads: Int,
    _ v: inout [Float], _ m: inout [Float]
  ) {
    let (from, to) = (self.input.elementCount, output.elementCount)
    let tiles = images.count * imu_winograd_tiles(patches)
    let tilesPerTask = 32
    precondition(
      input.count >= images.upperBound * from && outputGradient.count >= images.upperBound * to
        && v.count >= imu_winograd_gradient_scratch(convolution.inputs, tiles)
        && m.count >= imu_winograd_gradient_scratch(convolution.outputs, tiles))
    unsafe v.withUnsafeMutableBufferPointer { v in
      unsafe m.withUnsafeMutableBufferPointer { m in
        unsafe input.withUnsafeBufferPointer { x in
          unsafe outputGradient.withUnsafeBufferPointer { dy in
            // Every tile has elements of its own.
            nonisolated(unsafe) let (v, m, x, dy) = unsafe (v, m, x, dy)
            Parallel.forEach((tiles + tilesPerTask - 1) / tilesPerTask, threads: threads) { task in
              unsafe imu_winograd_gradient_transforms(
                patches, convolution.outputs, x.baseAddress?.advanced(by: images.lowerBound * from),
                dy.baseAddress?.advanced(by: images.lowerBound * to), tiles, task * tilesPerTask,
                min((task + 1) * tilesPerTask, tiles), v.baseAddress, m.baseAddress)
            }
          }
        }
      }
    }
  }

  private func addProducts(
    _ v: [Float], _ m: [Float], tiles: Int, adds: Bool, _ threads: Int, _ sum: inout [Float]
  ) {
    precondition(sum.count == 36 * convolution.inputs * convolution.outputs)
    unsafe sum.withUnsafeMutableBufferPointer { sum in
      // Every point has a matrix of its own.
      nonisolated(unsafe) let start = sum.baseAddress
      Parallel.forEach(36, threads: threads) { point in
        unsafe imu_winograd_gradient_product(
          convolution.inputs, convolution.outputs, tiles, point, v, m, adds ? 1 : 0, start)
      }
    }
  }
}
