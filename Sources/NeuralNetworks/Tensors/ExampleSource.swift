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
  /// What a network's extractor makes of records, `[indices, d]`, with running statistics.
  ///
  /// The same bits whoever makes them: a source may keep them instead of reading the records again.
  func features(at indices: [Int], by network: Network, threads: Int) throws -> Tensor
}

extension ExampleSource {
  package var count: Int { labels.count }

  /// One forward pass over the records.
  package func features(
    at indices: [Int], by network: Network, threads: Int
  ) throws -> Tensor {
    network.features(of: try inputs(at: indices), threads: threads)
  }

  /// Records a network reads at a time.
  private var chunkLength: Int { 1_024 }

  /// The indices of all records in parts, each small enough for memory.
  package var chunks: [[Int]] {
    stride(from: 0, to: count, by: chunkLength).map {
      Array($0..<min(count, $0 + chunkLength))
    }
  }
}
