internal import CKernels

/// The patches of images under a kernel, as rows of a matrix («im2col»).
///
/// A row is one output position, `[kernel height, kernel width, channels]` of what lies under the
/// kernel there, zero where that is padding.
struct ConvolutionPatches: Sendable {
  let input: ImageShape
  let output: ImageShape
  private let kernel, stride, padding: Convolution.Extent

  /// About so many rows make a product large enough to be fast and small enough for the cache.
  private static let rowsPerProduct = 256

  init(_ convolution: Convolution, _ input: ImageShape) {
    self.input = input
    output = convolution.shape(of: input)
    kernel = convolution.kernel
    stride = convolution.stride
    padding = convolution.padding
  }

  private var patchLength: Int { kernel.height * kernel.width * input.channels }

  /// How many images share one product; it depends on the shapes alone.
  private var imagesPerBlock: Int { max(1, Self.rowsPerProduct / output.positions) }

  /// The images of a chunk in runs that share one product.
  func blocks(_ images: Range<Int>) -> [Range<Int>] {
    Swift.stride(from: images.lowerBound, to: images.upperBound, by: imagesPerBlock).map {
      $0..<min($0 + imagesPerBlock, images.upperBound)
    }
  }

  /// Room for the patches of one block.
  func scratch(imageCount: Int) -> [Float] {
    [Float](
      repeating: 0,
      count: min(imageCount, imagesPerBlock) * output.positions * patchLength)
  }

  private var shape: imu_patch_shape {
    imu_patch_shape(
      height: input.height, width: input.width, channels: input.channels,
      output_height: output.height, output_width: output.width, kernel_height: kernel.height,
      kernel_width: kernel.width, stride_height: stride.height, stride_width: stride.width,
      padding_height: padding.height, padding_width: padding.width)
  }

  /// Writes the patches of the images, row by row.
  func gather(_ images: Span<Float>, _ block: Range<Int>, into rows: inout [Float]) {
    let images = images.extracting(
      block.lowerBound * input.elementCount..<block.upperBound * input.elementCount)
    precondition(rows.count >= block.count * output.positions * patchLength)
    unsafe images.withUnsafeBufferPointer { images in
      unsafe rows.withUnsafeMutableBufferPointer { rows in
        unsafe imu_gather_patches(shape, images.baseAddress, block.count, rows.baseAddress)
      }
    }
  }

  /// Adds every element of the patches back to where it came from («col2im»).
  ///
  /// The images lie in their array from `start` on.
  func scatter(
    _ rows: Span<Float>, _ imageCount: Int, addingTo images: inout MutableSpan<Float>,
    at start: Int
  ) {
    precondition(
      rows.count >= imageCount * output.positions * patchLength
        && start >= 0 && images.count >= start + imageCount * input.elementCount)
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe images.withUnsafeMutableBufferPointer { images in
        unsafe imu_scatter_patches(
          shape, rows.baseAddress, imageCount, images.baseAddress?.advanced(by: start))
      }
    }
  }
}
