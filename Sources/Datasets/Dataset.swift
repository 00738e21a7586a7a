package import Records

/// The records of a data set, at the manifest's positions; their content is read when asked for.
package struct Dataset: Sendable {
  package let manifest: Manifest
  let reading: Reading

  /// Reads data for the first time and makes its manifest.
  ///
  /// - Parameters:
  ///   - name: The name the data set gets.
  ///   - options: What to read.
  ///   - subjects: Further subject keys by record id, as `SubjectList` reads them.
  ///   - hash: SHA-256; this room links no cryptography.
  /// - Throws: `DatasetError` naming what cannot be read.
  package init(
    named name: String, reading options: ReadingOptions,
    subjects: [String: [String: String]] = [:], hash: ([UInt8]) -> Digest
  ) throws(DatasetError) {
    let reading = try Formats.reader(of: options.source.format).read(options)
    self.reading = reading
    manifest = try Manifest(
      named: name, source: options.source, reading: reading, subjects: subjects, hash: hash)
  }

  /// Reads data again and holds it against the manifest made when it was added.
  ///
  /// Whom a record is about is taken from the manifest; everything else must be as it was.
  ///
  /// - Throws: `DatasetError.changed` naming the first record that differs.
  package init(reopening manifest: Manifest, hash: ([UInt8]) -> Digest) throws(DatasetError) {
    let reading = try Formats.reader(of: manifest.source.format)
      .read(ReadingOptions(source: manifest.source))
    let found = try Manifest(
      named: manifest.dataset, source: manifest.source, reading: reading, subjects: [:], hash: hash)
    try manifest.requireSameContent(as: found)
    self.manifest = manifest
    self.reading = reading
  }

  /// The label of each record, in the order of `positions`.
  ///
  /// - Throws: `DatasetError.noSuchPosition`.
  package func labels(at positions: [Int]) throws(DatasetError) -> [Int] {
    try manifest.require(positions)
    return positions.map { manifest.records[$0].label }
  }

  /// How many frames of each record are not padding.
  ///
  /// - Throws: `DatasetError.noSuchPosition`.
  package func frameCounts(at positions: [Int]) throws(DatasetError) -> [Int] {
    try manifest.require(positions)
    return positions.map { reading.store.valueCount(at: $0) / manifest.inputShape[2] }
  }

  /// The inputs `[positions, height, width, channels]`, row-major; what is short ends in padding.
  ///
  /// - Parameters:
  ///   - positions: Positions in the manifest, in any order.
  ///   - padding: The value of every channel in frames a record does not have; zeros if nil.
  ///     Give the mean of each channel where a network standardises, and padding becomes zero there.
  /// - Returns: One value a position, row, column and channel.
  /// - Throws: `DatasetError.noSuchPosition`.
  package func inputs(
    at positions: [Int], padding: [Float]? = nil
  ) throws(DatasetError) -> [Float] {
    try manifest.require(positions)
    let channels = manifest.inputShape[2]
    let size = manifest.inputShape.reduce(1, *)
    let filler = padding ?? [Float](repeating: 0, count: channels)
    precondition(filler.count == channels, "padding has a value for each channel")
    var inputs: [Float] = []
    inputs.reserveCapacity(positions.count * size)
    for position in positions {
      try reading.store.append(valuesAt: position, to: &inputs)
      for _ in 0..<(size - reading.store.valueCount(at: position)) / channels { inputs += filler }
    }
    return inputs
  }
}

extension Manifest {
  /// Makes sure that every position has a record.
  func require(_ positions: some Sequence<Int>) throws(DatasetError) {
    for position in positions where !records.indices.contains(position) {
      throw .noSuchPosition(position, recordCount: records.count)
    }
  }
  /// Makes sure that every position has a record, before they are listed.
  func require(_ selection: RecordSelection) throws(DatasetError) {
    guard selection.upperBound <= records.count else {
      throw .noSuchPosition(selection.upperBound - 1, recordCount: records.count)
    }
  }
}
