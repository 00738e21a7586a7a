internal import CKernels

/// Maps of the rows of `[rows, channels]` by constants of each channel, by the C kernels.
///
/// Each checks that its arrays are as long as the kernel takes them to be.
enum ChannelMaps {
  /// y = (x − mean)·scale + beta + residual, rectified or not; an empty residual is none.
  static func normalise(
    _ x: Span<Float>, mean: [Float], scale: [Float], beta: [Float], residual: Span<Float>,
    isRectified: Bool, into y: inout MutableSpan<Float>
  ) {
    let channels = mean.count
    precondition(
      scale.count == channels && beta.count == channels && x.count % channels == 0
        && x.count == y.count && (residual.isEmpty || residual.count == x.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe residual.withUnsafeBufferPointer { residual in
        unsafe y.withUnsafeMutableBufferPointer { y in
          unsafe imu_normalise(
            x.baseAddress, mean, scale, beta, residual.isEmpty ? nil : residual.baseAddress,
            isRectified ? 1 : 0, x.count / channels, channels, y.baseAddress)
        }
      }
    }
  }

  /// dx = scale·(dy − shift − slope·(x − mean)).
  static func normalisationGradient(
    _ x: Span<Float>, _ dy: Span<Float>, mean: [Float], scale: [Float], shift: [Float],
    slope: [Float], into dx: inout MutableSpan<Float>
  ) {
    let channels = mean.count
    precondition(
      scale.count == channels && shift.count == channels && slope.count == channels
        && x.count % channels == 0 && x.count == dy.count && x.count == dx.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe imu_normalisation_gradient(
            x.baseAddress, dy.baseAddress, mean, scale, shift, slope, x.count / channels, channels,
            dx.baseAddress)
        }
      }
    }
  }

  /// sum = a + b.
  static func add(_ a: Span<Float>, _ b: Span<Float>, into sum: inout MutableSpan<Float>) {
    precondition(a.count == b.count && a.count == sum.count)
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe sum.withUnsafeMutableBufferPointer { sum in
          unsafe imu_add(a.baseAddress, b.baseAddress, a.count, sum.baseAddress)
        }
      }
    }
  }
}
