import Records

/// Gives the content of records by their position, whether it lies in memory or in a file.
protocol RecordStore: Sendable {
  /// How many values the record has, without padding.
  func valueCount(at position: Int) -> Int

  /// Appends the record's values, `[frames, channels]`, row-major, without padding.
  ///
  /// - Throws: `DatasetError.unreadable` when the file they lie in cannot be read.
  func append(valuesAt position: Int, to values: inout [Float]) throws(DatasetError)

  /// What the record's digest is taken over: its label and its content, however the file lay it out.
  func canonicalBytes(at position: Int, label: Int) throws(DatasetError) -> [UInt8]
}

/// Series of text formats, which are small: their values, in memory.
struct SeriesStore: RecordStore {
  let series: [[Float]]

  func valueCount(at position: Int) -> Int { series[position].count }

  func append(valuesAt position: Int, to values: inout [Float]) { values += series[position] }

  func canonicalBytes(at position: Int, label: Int) -> [UInt8] {
    Example.canonicalBytes(label: label, values: series[position])
  }
}
