internal import CKernels

/// Sums over the rows of `[rows, channels]`, a channel at a time, by the C kernels.
///
/// Each checks that its arrays are as long as the kernel takes them to be.
enum ChannelSums {
  /// Adds Σ x to the sums.
  static func add(_ x: Span<Float>, channels: Int, into sums: inout MutableSpan<Float>) {
    precondition(sums.count == channels && x.count % channels == 0)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe imu_channel_sums(x.baseAddress, x.count / channels, channels, sums.baseAddress)
      }
    }
  }

  /// The first of two runs of `channels` sums gets Σ x, the second Σ (x − mean)², mean the first / n.
  static func moments(
    _ x: Span<Float>, channels: Int, into moments: inout MutableSpan<Float>
  ) {
    precondition(moments.count == 2 * channels && x.count % channels == 0)
    let rows = x.count / channels
    unsafe x.withUnsafeBufferPointer { x in
      unsafe moments.withUnsafeMutableBufferPointer { moments in
        guard let x = x.baseAddress, let mean = moments.baseAddress else { return }
        unsafe imu_channel_sums(x, rows, channels, mean)
        for channel in 0..<channels { unsafe mean[channel] /= Float(rows) }
        unsafe imu_channel_squares(x, mean, rows, channels, mean + channels)
      }
    }
  }

  /// The first of two runs of `channels` sums gets Σ dy·(x − mean), the second Σ dy.
  static func products(
    _ x: Span<Float>, _ dy: Span<Float>, mean: Span<Float>, into sums: inout MutableSpan<Float>
  ) {
    let channels = mean.count
    precondition(
      sums.count == 2 * channels && x.count % channels == 0 && x.count == dy.count)
    let rows = x.count / channels
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe mean.withUnsafeBufferPointer { mean in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            guard let products = sums.baseAddress else { return }
            unsafe imu_channel_products(
              x.baseAddress, dy.baseAddress, mean.baseAddress, rows, channels, products,
              products + channels)
          }
        }
      }
    }
  }

  /// As `products` for the gradient in front of a ReLU with outputs y, which it writes, too.
  static func rectifiedProducts(
    _ x: Span<Float>, _ y: Span<Float>, _ dy: Span<Float>, mean: [Float],
    into sums: inout MutableSpan<Float>, gradient: inout MutableSpan<Float>
  ) {
    let channels = mean.count
    precondition(
      sums.count == 2 * channels && x.count % channels == 0 && x.count == dy.count
        && x.count == y.count && x.count == gradient.count)
    let rows = x.count / channels
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        unsafe dy.withUnsafeBufferPointer { dy in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe gradient.withUnsafeMutableBufferPointer { gradient in
              guard let products = sums.baseAddress else { return }
              unsafe imu_rectified_products(
                x.baseAddress, y.baseAddress, dy.baseAddress, mean, rows, channels, products,
                products + channels, gradient.baseAddress)
            }
          }
        }
      }
    }
  }
}
