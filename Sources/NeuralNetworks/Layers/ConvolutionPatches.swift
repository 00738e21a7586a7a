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

  /// Writes the patches of the images, row by row.
  func gather(_ images: Span<Float>, _ block: Range<Int>, into rows: inout [Float]) {
    var target = rows.mutableSpan
    let runLength = kernel.width * input.channels
    var row = 0
    for image in block {
      for y in 0..<output.height {
        for x in 0..<output.width {
          for tap in 0..<kernel.height {
            gatherRun(
              images, image: image, y: y * stride.height + tap - padding.height,
              x: x * stride.width - padding.width, into: &target, at: row)
            row += runLength
          }
        }
      }
    }
  }

  /// Copies one line under the kernel: its positions lie side by side in the image, too.
  @inline(__always)
  private func gatherRun(
    _ images: Span<Float>, image: Int, y: Int, x: Int, into target: inout MutableSpan<Float>,
    at start: Int
  ) {
    let runLength = kernel.width * input.channels
    guard y >= 0 && y < input.height else {
      for index in start..<start + runLength { target[index] = 0 }
      return
    }
    let inside = inside(x)
    let source = ((image * input.height + y) * input.width + x) * input.channels
    for index in 0..<inside.lowerBound { target[start + index] = 0 }
    for index in inside { target[start + index] = images[source + index] }
    for index in inside.upperBound..<runLength { target[start + index] = 0 }
  }

  /// Which elements of a line under the kernel lie inside the image, when the line begins at x.
  @inline(__always)
  private func inside(_ x: Int) -> Range<Int> {
    let first = min(max(0, -x), kernel.width)
    let end = max(first, min(kernel.width, input.width - x))
    return first * input.channels..<end * input.channels
  }

  /// Adds every element of the patches back to where it came from («col2im»).
  func scatter(
    _ rows: Span<Float>, _ imageCount: Int, addingTo images: inout MutableSpan<Float>,
    at start: Int
  ) {
    let channels = input.channels
    let runLength = kernel.width * channels
    var row = 0
    for image in 0..<imageCount {
      for y in 0..<output.height {
        for x in 0..<output.width {
          let left = x * stride.width - padding.width
          for tap in 0..<kernel.height {
            let line = y * stride.height + tap - padding.height
            if line >= 0 && line < input.height {
              let target = start + ((image * input.height + line) * input.width + left) * channels
              for index in inside(left) {
                images[target + index] += rows[row + index]
              }
            }
            row += runLength
          }
        }
      }
    }
  }
}
