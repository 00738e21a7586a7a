/// The order of the records in an epoch, cut into batches.
enum Batches {
  /// The last, incomplete batch is kept; a single record left over joins the batch before it,
  /// because one record may be too few for batch statistics.
  static func indices(count: Int, batchSize: Int, seed: UInt64, epoch: Int) -> [[Int]] {
    var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
    let order = generator.permutation(count)
    var batches = stride(from: 0, to: count, by: batchSize).map { start in
      Array(order[start..<min(start + batchSize, count)])
    }
    if batchSize > 1, batches.count > 1, let last = batches.last, last.count == 1 {
      batches.removeLast()
      batches[batches.count - 1] += last
    }
    return batches
  }
}
