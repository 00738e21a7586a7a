internal import CKernels

/// A convolution over images of one shape, and which kernels it runs on.
struct ConvolutionGeometry: Sendable {
  let convolution: Convolution
  let input: ImageShape
  let output: ImageShape
  /// Whether Winograd's F(4×4, 3×3) takes fewer multiplications, not counting its transforms.
  let isWinograd: Bool

  /// With fewer channels the transforms cost more than they save.
  private static let leastChannels = 8

  init(_ convolution: Convolution, _ input: ImageShape) {
    self.convolution = convolution
    self.input = input
    output = convolution.shape(of: input)
    let tiles = ((output.height + 3) / 4) * ((output.width + 3) / 4)
    isWinograd =
      convolution.kernel == .init(3) && convolution.stride == .init(1)
      && convolution.padding.height <= 2 && convolution.padding.width <= 2
      && min(convolution.inputs, convolution.outputs) >= Self.leastChannels
      && 6 * tiles <= output.positions
  }

  var patches: imu_patch_shape {
    imu_patch_shape(
      height: input.height, width: input.width, channels: input.channels,
      output_height: output.height, output_width: output.width,
      kernel_height: convolution.kernel.height, kernel_width: convolution.kernel.width,
      stride_height: convolution.stride.height, stride_width: convolution.stride.width,
      padding_height: convolution.padding.height, padding_width: convolution.padding.width)
  }

  /// The elements of room that a worker needs.
  var scratchCount: Int {
    isWinograd
      ? imu_winograd_scratch(convolution.inputs, convolution.outputs) : imu_patch_scratch(patches)
  }

  /// The images a task takes at a time: enough for a few full blocks, and work for every thread.
  func imagesPerTask(_ imageCount: Int, threads: Int) -> Int {
    let rows = isWinograd ? imu_winograd_tiles(patches) : output.positions
    return max(1, min((768 + rows - 1) / rows, (imageCount + threads - 1) / threads))
  }
}
