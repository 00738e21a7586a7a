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

  /// The mean and the (biased) standard deviation of every channel over records, read twice.
  ///
  /// Padded positions do not count when `zeroPadded`; a channel that never varies gets deviation 1.
  package init(standardising examples: any ExampleSource, zeroPadded: Bool = false) throws {
    let channels = examples.inputShape[2]
    let none = [Double](repeating: 0, count: channels)
    func sums(less centre: [Double], power: Int) throws -> (sums: [Double], count: Int) {
      var (sums, count) = (none, 0)
      for chunk in examples.chunks {
        let values = try examples.inputs(at: chunk).values
        for start in stride(from: 0, to: values.count, by: channels)
        where !zeroPadded || !Self.isZero(values.span, start, channels) {
          count += 1
          for channel in 0..<channels {
            let difference = Double(values[start + channel]) - centre[channel]
            sums[channel] += power == 1 ? difference : difference * difference
          }
        }
      }
      return (sums, count)
    }
    let total = try sums(less: none, power: 1)
    let count = Double(max(1, total.count))
    let centre = total.sums.map { $0 / count }
    let squares = try sums(less: centre, power: 2).sums
    self.init(
      mean: centre.map { Float($0) },
      standardDeviation: squares.map { $0 > 0 ? Float(($0 / count).squareRoot()) : 1 },
      zeroPadded: zeroPadded)
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
