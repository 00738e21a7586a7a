internal import CKernels

/// The weight of a 3×3 convolution in the domain of Winograd's F(4×4, 3×3).
enum WinogradWeight {
  /// U = G·g·Gᵀ for every pair of channels, as 36 packed matrices `[inputs, outputs]`.
  ///
  /// Flipped, the weight is `[inputs, outputs, 3, 3]` and turned by half a circle.
  static func transformed(
    _ weight: [Float], scale: [Float], inputs: Int, outputs: Int, isFlipped: Bool, threads: Int
  ) -> [Float] {
    let count = imu_winograd_weight_count(inputs, outputs)
    return unsafe [Float](unsafeUninitializedCapacity: count) { transformed, initialised in
      // Every run of 32 outputs fills elements of its own.
      nonisolated(unsafe) let start = transformed.baseAddress
      Parallel.forEach((outputs + 31) / 32, threads: threads) { run in
        unsafe imu_winograd_weight(
          weight, scale.isEmpty ? nil : scale, inputs, outputs, isFlipped ? 1 : 0, run, run + 1,
          start)
      }
      initialised = count
    }
  }
}
