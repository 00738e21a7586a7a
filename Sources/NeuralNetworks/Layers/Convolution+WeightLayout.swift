/// Weights lie in files as `[out, in, height, width]`, patches run over `[height, width, in]`.
extension Convolution {
  /// The weight as the matrix `[out, patch]`.
  func patchWeight(_ weight: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: weight.count)
    forEachPair { file, patch in result[patch] = weight[file] }
    return result
  }

  /// The inverse of `patchWeight`.
  func fileWeight(_ weight: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: weight.count)
    forEachPair { file, patch in result[file] = weight[patch] }
    return result
  }

  /// Calls the body with the places of one weight in files and in the matrix.
  @inline(__always)
  private func forEachPair(_ body: (Int, Int) -> Void) {
    let taps = kernel.height * kernel.width
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<taps {
          body((output * inputs + input) * taps + tap, (output * taps + tap) * inputs + input)
        }
      }
    }
  }
}
