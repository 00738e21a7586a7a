internal import CKernels

/// The weight of a convolution made ready for inputs of one shape, with what follows it folded in.
///
/// Made once and used for any number of images; the bits of an image's output do not depend on the
/// other images beside it.
struct ConvolutionWeight: Sendable {
  let geometry: ConvolutionGeometry
  private let packed: [Float]
  private let bias: [Float]

  /// Of a weight `[out, in, height, width]`, and a factor and a summand for every output or none.
  init(
    _ geometry: ConvolutionGeometry, _ weight: [Float], scale: [Float] = [], bias: [Float] = [],
    threads: Int
  ) {
    let convolution = geometry.convolution
    precondition(weight.count == convolution.outputs * convolution.patchLength)
    precondition(
      (scale.isEmpty || scale.count == convolution.outputs)
        && (bias.isEmpty || bias.count == convolution.outputs))
    self.geometry = geometry
    self.bias = bias
    packed =
      geometry.isWinograd
      ? WinogradWeight.transformed(
        weight, scale: scale, inputs: convolution.inputs, outputs: convolution.outputs,
        isFlipped: false, threads: threads)
      : Self.patchWeight(convolution, weight, scale)
  }

  /// The weight with which a 3×3 convolution takes the gradient of its output to that of its input.
  init(flipping geometry: ConvolutionGeometry, _ weight: [Float], threads: Int) {
    let convolution = geometry.convolution
    let flipped = Convolution(
      inputs: convolution.outputs, outputs: convolution.inputs, kernel: convolution.kernel,
      padding: .init(
        height: 2 - convolution.padding.height, width: 2 - convolution.padding.width))
    self.geometry = ConvolutionGeometry(flipped, geometry.output)
    precondition(geometry.isWinograd && self.geometry.output == geometry.input)
    bias = []
    packed = WinogradWeight.transformed(
      weight, scale: [], inputs: flipped.inputs, outputs: flipped.outputs, isFlipped: true,
      threads: threads)
  }

  private static func patchWeight(
    _ convolution: Convolution, _ weight: [Float], _ scale: [Float]
  ) -> [Float] {
    let count = imu_packed_count(convolution.patchLength, convolution.outputs)
    return unsafe [Float](unsafeUninitializedCapacity: count) { packed, initialised in
      unsafe imu_patch_weight(
        weight, scale.isEmpty ? nil : scale, convolution.inputs, convolution.outputs,
        convolution.kernel.height * convolution.kernel.width, packed.baseAddress)
      initialised = count
    }
  }

  /// y = x ∗ W·scale + bias (+ residual), rectified or not.
  ///
  /// x, y and an optional residual (empty for none) hold at least `imageCount` images each.
  func apply(
    _ x: Span<Float>, imageCount: Int, residual: Span<Float>, isRectified: Bool,
    into y: inout MutableSpan<Float>, scratch: inout [Float]
  ) {
    let outputCount = imageCount * geometry.output.elementCount
    precondition(
      x.count >= imageCount * geometry.input.elementCount && y.count >= outputCount
        && (residual.isEmpty || residual.count >= outputCount)
        && scratch.count >= geometry.scratchCount)
    let outputs = geometry.convolution.outputs
    unsafe bias.withUnsafeBufferPointer { bias in
      unsafe residual.withUnsafeBufferPointer { residual in
        unsafe x.withUnsafeBufferPointer { x in
          unsafe y.withUnsafeMutableBufferPointer { y in
            let epilogue = unsafe imu_epilogue(
              bias: bias.isEmpty ? nil : bias.baseAddress,
              residual: residual.isEmpty ? nil : residual.baseAddress,
              is_rectified: isRectified ? 1 : 0)
            let kernel =
              unsafe geometry.isWinograd ? imu_winograd_convolution : imu_patch_convolution
            unsafe kernel(
              geometry.patches, outputs, x.baseAddress, imageCount, packed, epilogue,
              y.baseAddress, &scratch)
          }
        }
      }
    }
  }
}
