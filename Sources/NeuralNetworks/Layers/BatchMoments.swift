/// The mean and the biased variance of every channel of a batch.
struct BatchMoments {
  let mean: [Double]
  let variance: [Double]

  init(mean: [Double], variance: [Double]) {
    self.mean = mean
    self.variance = variance
  }

  /// Takes each chunk's mean and sum of squared deviations, and merges them in chunk order.
  ///
  /// Merging by Chan, Golub and LeVeque (1983): with δ = mean_b − mean_a and n = n_a + n_b,
  /// mean = mean_a + δ·n_b/n and M2 = M2_a + M2_b + δ²·n_a·n_b/n.
  init(of input: LayerInput, _ pass: LayerPass) {
    let channels = input.shape.channels
    let parts = Self.chunkMoments(input, pass)
    var mean = [Double](repeating: 0, count: channels)
    var squares = [Double](repeating: 0, count: channels)
    var count = 0.0
    for chunk in 0..<Parallel.chunkCount(pass.imageCount) {
      let images = Parallel.images(ofChunk: chunk, of: pass.imageCount)
      let added = Double(images.count * input.shape.positions)
      let total = count + added
      for channel in 0..<channels {
        let delta = Double(parts[chunk * 2 * channels + channel]) - mean[channel]
        mean[channel] += delta * added / total
        squares[channel] +=
          Double(parts[(chunk * 2 + 1) * channels + channel]) + delta * delta * count * added
          / total
      }
      count = total
    }
    self.mean = mean
    variance = squares.map { $0 / count }
  }

  /// The means and then the sums of squared deviations of every chunk.
  private static func chunkMoments(_ input: LayerInput, _ pass: LayerPass) -> [Float] {
    let channels = input.shape.channels
    let length = input.shape.elementCount
    return Parallel.array(
      imageCount: pass.imageCount, part: .perChunk(2 * channels), threads: pass.threads
    ) { images, moments in
      let x = input.values.span.extracting(
        images.lowerBound * length..<images.upperBound * length)
      ChannelSums.moments(x, channels: channels, into: &moments)
    }
  }
}
