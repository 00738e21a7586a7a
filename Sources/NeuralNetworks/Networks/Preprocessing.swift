/// How inputs are standardised before the first layer: (x − mean)/standardDeviation, by channel.
package struct Preprocessing: Codable, Hashable, Sendable {
  /// One value a channel.
  package let mean: [Float]
  /// One positive value a channel.
  package let standardDeviation: [Float]
  /// Whether a position whose channels are all exactly 0 is padding and stays 0.
  ///
  /// Series of different lengths are padded with zeros at their end; with the flag, the padding is
  /// zero behind the standardisation, too, and does not depend on the means.
  package let zeroPadded: Bool

  package init(mean: [Float], standardDeviation: [Float], zeroPadded: Bool = false) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.zeroPadded = zeroPadded
  }

  /// The mean and the (biased) standard deviation of every channel over inputs `[n, h, w, channels]`.
  ///
  /// Padded positions do not count when `zeroPadded`; a channel that never varies gets deviation 1.
  package init(standardising inputs: Tensor, zeroPadded: Bool = false) {
    let channels = inputs.shape[3]
    let starts = stride(from: 0, to: inputs.values.count, by: channels).filter { start in
      !zeroPadded || inputs.values[start..<start + channels].contains { $0 != 0 }
    }
    let count = Double(max(1, starts.count))
    var mean: [Float] = []
    var deviation: [Float] = []
    for channel in 0..<channels {
      let centre = starts.reduce(0.0) { $0 + Double(inputs.values[$1 + channel]) } / count
      let squares = starts.reduce(0.0) { sum, start in
        let difference = Double(inputs.values[start + channel]) - centre
        return sum + difference * difference
      }
      mean.append(Float(centre))
      deviation.append(squares > 0 ? Float((squares / count).squareRoot()) : 1)
    }
    self.init(mean: mean, standardDeviation: deviation, zeroPadded: zeroPadded)
  }

  /// The standardised inputs.
  func apply(to inputs: Span<Float>) -> [Float] {
    let channels = mean.count
    var result = [Float](repeating: 0, count: inputs.count)
    for start in stride(from: 0, to: inputs.count, by: channels) {
      if zeroPadded && Self.isZero(inputs, start, channels) { continue }
      for channel in 0..<channels {
        result[start + channel] =
          (inputs[start + channel] - mean[channel]) / standardDeviation[channel]
      }
    }
    return result
  }

  private static func isZero(_ inputs: Span<Float>, _ start: Int, _ count: Int) -> Bool {
    for index in start..<start + count where inputs[index] != 0 { return false }
    return true
  }
}
