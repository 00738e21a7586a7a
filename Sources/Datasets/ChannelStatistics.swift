package import Records

/// Mean and standard deviation of each channel over the frames records really have.
package struct ChannelStatistics: Hashable, Sendable {
  package let mean: [Double]
  /// Of the population (divided by the number of frames); at least 1e-6.
  package let standardDeviation: [Double]
  package let frameCount: Int
}

extension Dataset {
  /// The statistics over the frames, without padding, of the records at those positions.
  ///
  /// Two passes in Double, in ascending order of position, so the bits depend on the set alone.
  ///
  /// - Throws: `DatasetError.noSuchPosition`, or `noFrames` for no records.
  package func statistics(
    at selection: RecordSelection
  ) throws(DatasetError) -> ChannelStatistics {
    try manifest.require(selection)
    let examples = selection.indices.map { reading.examples[$0].values }
    let channels = manifest.inputShape[2]
    let frames = examples.reduce(0) { $0 + $1.count } / channels
    guard frames > 0 else { throw .noFrames }
    let mean = Self.sums(of: examples, channels: channels) { value, _ in value }
      .map { $0 / Double(frames) }
    let variance = Self.sums(of: examples, channels: channels) { value, channel in
      (value - mean[channel]) * (value - mean[channel])
    }
    return ChannelStatistics(
      mean: mean,
      standardDeviation: variance.map { max(1e-6, ($0 / Double(frames)).squareRoot()) },
      frameCount: frames)
  }

  private static func sums(
    of examples: [[Float]], channels: Int, _ term: (Double, Int) -> Double
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: channels)
    for values in examples {
      for (index, value) in values.enumerated() {
        sums[index % channels] += term(Double(value), index % channels)
      }
    }
    return sums
  }
}
