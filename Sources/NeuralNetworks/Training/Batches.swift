/// The order of the records in an epoch, cut into batches.
enum Batches {
  /// The last, incomplete batch is kept; a single record left over joins the batch before it,
  /// because one record may be too few for batch statistics.
  static func indices(count: Int, batchSize: Int, seed: UInt64, epoch: Int) -> [[Int]] {
    var generator = SeededGenerator(seed: seed, stream: UInt64(epoch))
    var order = generator.permutation(count)[...]
    return sizes(count: count, batchSize: batchSize).map { size in
      defer { order = order.dropFirst(size) }
      return Array(order.prefix(size))
    }
  }

  /// How many records each batch has.
  static func sizes(count: Int, batchSize: Int) -> [Int] {
    var sizes = stride(from: 0, to: count, by: batchSize).map { min(batchSize, count - $0) }
    if batchSize > 1, sizes.count > 1, sizes.last == 1 {
      sizes.removeLast()
      sizes[sizes.count - 1] += 1
    }
    return sizes
  }
}
