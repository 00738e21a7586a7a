internal import CKernels

/// Products of features with the weights of a linear classifier, in double precision.
///
/// Z̃ is `[N, D]`, W `[D, C]`, R `[N, C]`. Records are taken in blocks that stay in a core's cache; a
/// sum over records is a few partial sums added in the order of the records, so no bit depends on
/// the threads.
package struct FeatureProducts: Sendable {
  private let features: [Double]
  private let count: Int
  private let dimension: Int
  private let threads: Int

  /// Records that go through both products together: a quarter of a megabyte of 512 features, which
  /// a core's second cache holds.
  private static let blockLength = 64
  /// Products of so many multiplications are worth a second worker, whose waking costs as much as
  /// hundreds of thousands of them.
  private static let workPerWorker = 1 << 21
  /// At most so many partial sums of D·C numbers are held.
  private static let partLimit = 8

  /// Products with features `[count, dimension]`.
  package init(_ features: [Double], count: Int, dimension: Int, threads: Int) {
    precondition(
      features.count == count * dimension && count > 0 && dimension > 0,
      "\(features.count) values are no \(count)×\(dimension) features")
    self.features = features
    self.count = count
    self.dimension = dimension
    self.threads = threads
  }

  /// f(Z̃·W) `[N, C]`; f changes the scores of some records, `[records, C]`, in place.
  package func scores(
    _ w: [Double], columns: Int,
    _ f: @Sendable (_ scores: inout MutableSpan<Double>) -> Void = { _ in }
  ) -> [Double] {
    let packed = Self.packed(w.span, inner: dimension, columns: columns)
    let blocks = (count + Self.blockLength - 1) / Self.blockLength
    return unsafe [Double](unsafeUninitializedCapacity: count * columns) { scores, initialised in
      // Every block has rows of its own.
      nonisolated(unsafe) let scores = unsafe scores
      Parallel.forEach(blocks, threads: workers(columns)) { block in
        let records = records(ofPart: block, of: blocks)
        let rows = unsafe scores.extracting(
          records.lowerBound * columns..<records.upperBound * columns)
        unsafe write(records, packed, columns, to: rows)
        var span = unsafe rows.mutableSpan
        f(&span)
      }
      initialised = count * columns
    }
  }

  /// Z̃ᵀ·R `[D, C]`.
  package func sums(_ r: [Double], columns: Int) -> [Double] {
    precondition(r.count == count * columns, "\(r.count) values are no \(count)×\(columns) matrix")
    return added(columns: columns) { records, sum in
      let rows = r.span.extracting(
        records.lowerBound * columns..<records.upperBound * columns)
      add(rows, of: records, columns, to: &sum)
    }
  }

  /// Z̃ᵀ·f(Z̃·W) `[D, C]`, with the features read once; f changes the scores of some records,
  /// `[records, C]`, in place.
  package func sums(
    through w: [Double], columns: Int,
    _ f: @Sendable (_ records: Range<Int>, _ scores: inout [Double]) -> Void
  ) -> [Double] {
    let packed = Self.packed(w.span, inner: dimension, columns: columns)
    return added(columns: columns) { records, sum in
      var scores = scores(records, packed, columns)
      f(records, &scores)
      add(scores.span, of: records, columns, to: &sum)
    }
  }

  /// The sum `[D, C]` that `add` makes over all blocks of records; it begins empty.
  private func added(
    columns: Int, _ add: @Sendable (_ records: Range<Int>, _ sum: inout [Double]) -> Void
  ) -> [Double] {
    let blocks = (count + Self.blockLength - 1) / Self.blockLength
    let parts = min(Self.partLimit, blocks)
    let partial = Parallel.map(parts, threads: workers(columns)) { part in
      let records = records(ofPart: part, of: parts)
      var sum: [Double] = []
      for start in stride(from: records.lowerBound, to: records.upperBound, by: Self.blockLength) {
        add(start..<min(start + Self.blockLength, records.upperBound), &sum)
      }
      return sum
    }
    var total = partial[0]
    for part in partial.dropFirst() {
      for index in total.indices { total[index] += part[index] }
    }
    return total
  }

  private func workers(_ columns: Int) -> Int {
    min(threads, 1 + count * dimension * columns / Self.workPerWorker)
  }

  /// One of so many consecutive parts of the records, about as long as one another.
  private func records(ofPart part: Int, of parts: Int) -> Range<Int> {
    part * count / parts..<(part + 1) * count / parts
  }

  private func scores(_ records: Range<Int>, _ packed: [Double], _ columns: Int) -> [Double] {
    unsafe [Double](unsafeUninitializedCapacity: records.count * columns) { scores, initialised in
      unsafe write(
        records, packed, columns, to: scores.extracting(0..<records.count * columns))
      initialised = records.count * columns
    }
  }

  private func write(
    _ records: Range<Int>, _ packed: [Double], _ columns: Int,
    to scores: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(scores.count == records.count * columns)
    unsafe features.withUnsafeBufferPointer { features in
      unsafe imu_feature_scores(
        features.baseAddress?.advanced(by: records.lowerBound * dimension), records.count,
        dimension, packed, columns, scores.baseAddress)
    }
  }

  private func add(
    _ rows: Span<Double>, of records: Range<Int>, _ columns: Int, to sum: inout [Double]
  ) {
    let packed = Self.packed(rows, inner: records.count, columns: columns)
    let isFirst = sum.isEmpty
    if isFirst {
      // The first block writes all of it.
      sum = unsafe [Double](unsafeUninitializedCapacity: dimension * columns) { _, initialised in
        initialised = dimension * columns
      }
    }
    unsafe features.withUnsafeBufferPointer { features in
      unsafe imu_feature_sums(
        features.baseAddress?.advanced(by: records.lowerBound * dimension), records.count,
        dimension, packed, columns, isFirst ? 0 : 1, &sum)
    }
  }

  private static func packed(_ matrix: Span<Double>, inner: Int, columns: Int) -> [Double] {
    precondition(
      matrix.count == inner * columns, "\(matrix.count) values are no \(inner)×\(columns) matrix")
    let count = imu_packed_count(inner, columns)
    return unsafe [Double](unsafeUninitializedCapacity: count) { packed, initialised in
      unsafe matrix.withUnsafeBufferPointer { matrix in
        unsafe imu_pack_doubles(matrix.baseAddress, inner, columns, packed.baseAddress)
      }
      initialised = count
    }
  }
}
