/// Records that are read when they are asked for, so that memory does not grow with their number.
package protocol ExampleSource: Sendable {
  /// The shape of one record, `[height, width, channels]`.
  var inputShape: [Int] { get }
  /// One class index a record.
  var labels: [Int] { get }
  /// Inputs before preprocessing, `[indices, height, width, channels]`, in the order of the indices.
  ///
  /// An index out of range is a broken caller.
  func inputs(at indices: [Int]) throws -> Tensor
  /// What a network's extractor makes of records, `[records, d]`, with running statistics.
  ///
  /// The same bits whoever makes them: a source may keep them instead of reading the records again.
  func features(of records: Range<Int>, by network: Network, threads: Int) throws -> Tensor
}

extension ExampleSource {
  package var count: Int { labels.count }

  /// One forward pass over the records.
  package func features(
    of records: Range<Int>, by network: Network, threads: Int
  ) throws -> Tensor {
    network.features(of: try inputs(at: Array(records)), threads: threads)
  }

  /// Records a network reads at a time.
  private var chunkLength: Int { 1_024 }

  /// Ranges of records that together are all of them, each small enough for memory.
  package var chunks: [Range<Int>] {
    stride(from: 0, to: count, by: chunkLength).map { $0..<min(count, $0 + chunkLength) }
  }
}
