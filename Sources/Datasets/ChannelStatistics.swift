package import Records

/// Mean and standard deviation of each channel over the frames records really have.
package struct ChannelStatistics: Hashable, Sendable {
  package let mean: [Double]
  /// Of the population (divided by the number of frames); at least 1e-6.
  package let standardDeviation: [Double]
  package let frameCount: Int
}

extension ChannelStatistics {
  /// The statistics over records of several data sets of one shape, one record in memory at a time.
  ///
  /// Two passes in Double, data set after data set in ascending order of position, so the bits
  /// depend on the records alone.
  ///
  /// - Throws: `DatasetError.noSuchPosition`, `noFrames` for no records, or what reading throws.
  package init(
    over parts: [(dataset: Dataset, records: RecordSelection)]
  ) throws(DatasetError) {
    let channels = parts.first?.dataset.manifest.inputShape[2] ?? 0
    var frames = 0
    for (dataset, selection) in parts {
      try dataset.manifest.require(selection)
      precondition(dataset.manifest.inputShape[2] == channels, "data sets of different channels")
      for position in selection.indices {
        frames += dataset.reading.store.valueCount(at: position) / channels
      }
    }
    guard frames > 0 else { throw .noFrames }
    let count = Double(frames)
    let mean = try Self.sums(over: parts, channels: channels) { value, _ in value }
      .map { $0 / count }
    let variance = try Self.sums(over: parts, channels: channels) { value, channel in
      (value - mean[channel]) * (value - mean[channel])
    }
    self.init(
      mean: mean, standardDeviation: variance.map { max(1e-6, ($0 / count).squareRoot()) },
      frameCount: frames)
  }

  private static func sums(
    over parts: [(dataset: Dataset, records: RecordSelection)], channels: Int,
    _ term: (Double, Int) -> Double
  ) throws(DatasetError) -> [Double] {
    var sums = [Double](repeating: 0, count: channels)
    var values: [Float] = []
    for (dataset, selection) in parts {
      for position in selection.indices {
        values.removeAll(keepingCapacity: true)
        try dataset.reading.store.append(valuesAt: position, to: &values)
        for frame in stride(from: 0, to: values.count, by: channels) {
          for channel in 0..<channels {
            sums[channel] += term(Double(values[frame + channel]), channel)
          }
        }
      }
    }
    return sums
  }
}

extension Dataset {
  /// The statistics over the frames, without padding, of the records at those positions.
  ///
  /// - Throws: `DatasetError.noSuchPosition`, or `noFrames` for no records.
  package func statistics(
    at selection: RecordSelection
  ) throws(DatasetError) -> ChannelStatistics {
    try ChannelStatistics(over: [(self, selection)])
  }
}
