import Datasets
import NeuralNetworks
import Records

extension Material {
  /// Hands over the records batch by batch, in the order of `examples`, one batch in memory.
  ///
  /// A batch lies in one data set, so the last of each may be smaller.
  ///
  /// - Parameters:
  ///   - records: Positions by data set.
  ///   - size: How many records a batch has; at least 1.
  ///   - body: Takes a batch; what it throws ends the work.
  /// - Throws: What `body` throws, or `DatasetError` when a record cannot be read.
  func forEachBatch(
    _ records: RecordsByManifest, size: Int, _ body: (Examples) throws -> Void
  ) throws {
    precondition(size > 0, "a batch of \(size) records")
    for source in sources {
      guard let selection = records[source.manifestDigest] else { continue }
      let positions = selection.indices
      for start in stride(from: 0, to: positions.count, by: size) {
        let batch = Array(positions[start..<min(start + size, positions.count)])
        try body(
          Examples(
            inputs: Tensor(
              shape: [batch.count] + inputShape, values: try source.dataset.inputs(at: batch)),
            labels: try source.dataset.labels(at: batch)))
      }
    }
  }

  /// The labels of the records, in the order of `examples`.
  func labels(_ records: RecordsByManifest) throws -> [Int] {
    try sources.flatMap { source in
      try source.dataset.labels(at: records[source.manifestDigest]?.indices ?? [])
    }
  }
}
