import Dispatch
import Synchronization

/// Work shared out in chunks of fixed size, so that no result depends on the number of workers.
///
/// Each chunk writes parts of arrays that no other chunk touches; who needs a sum over chunks lets
/// each write its partial sum and adds them in the order of the chunks.
enum Parallel {
  static let imagesPerChunk = 8

  static func chunkCount(_ imageCount: Int) -> Int {
    (imageCount + imagesPerChunk - 1) / imagesPerChunk
  }

  static func images(ofChunk chunk: Int, of imageCount: Int) -> Range<Int> {
    chunk * imagesPerChunk..<min((chunk + 1) * imagesPerChunk, imageCount)
  }

  /// Which part of an array belongs to a chunk.
  enum Part: Sendable {
    /// So many elements for each image.
    case perImage(Int)
    /// So many elements for each chunk, however many images are in it.
    case perChunk(Int)

    func range(ofChunk chunk: Int, images: Range<Int>) -> Range<Int> {
      switch self {
      case .perImage(let length): images.lowerBound * length..<images.upperBound * length
      case .perChunk(let length): chunk * length..<(chunk + 1) * length
      }
    }

    func elementCount(imageCount: Int) -> Int {
      switch self {
      case .perImage(let length): imageCount * length
      case .perChunk(let length): Parallel.chunkCount(imageCount) * length
      }
    }
  }

  /// Runs the body for every index below count, on at most so many workers.
  static func forEach(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
    precondition(threads > 0, "\(threads) threads do no work")
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    let following = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = following.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index)
      }
    }
  }

  /// What the body makes of every index below count, in their order.
  static func map<Value: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    let values = Mutex([Value?](repeating: nil, count: count))
    forEach(count, threads: threads) { index in
      let value = body(index)
      values.withLock { $0[index] = value }
    }
    return values.withLock { $0.compactMap { $0 } }
  }

  /// A new array, each chunk of images filling its own part of it.
  static func array(
    imageCount: Int, part: Part, threads: Int,
    _ body: @Sendable (Range<Int>, inout MutableSpan<Float>) -> Void
  ) -> [Float] {
    arrays(imageCount: imageCount, part, .perChunk(0), threads: threads) { images, first, _ in
      body(images, &first)
    }.0
  }

  /// Two new arrays, each chunk of images filling its own part of both, which is zeros at first.
  static func arrays(
    imageCount: Int, _ part: Part, _ other: Part, threads: Int,
    _ body: @Sendable (Range<Int>, inout MutableSpan<Float>, inout MutableSpan<Float>) -> Void
  ) -> ([Float], [Float]) {
    // Each chunk sets its part to zero, so that no memory is touched by one worker alone.
    var first = Scratch.array(part.elementCount(imageCount: imageCount))
    var second = Scratch.array(other.elementCount(imageCount: imageCount))
    unsafe first.withUnsafeMutableBufferPointer { firstBuffer in
      unsafe second.withUnsafeMutableBufferPointer { secondBuffer in
        // The parts of different chunks are disjoint, so no two workers share an element.
        nonisolated(unsafe) let (firstBuffer, secondBuffer) = unsafe (firstBuffer, secondBuffer)
        forEach(chunkCount(imageCount), threads: threads) { chunk in
          let images = images(ofChunk: chunk, of: imageCount)
          let firstRange = part.range(ofChunk: chunk, images: images)
          let secondRange = other.range(ofChunk: chunk, images: images)
          var firstSpan = unsafe zeros(firstBuffer.extracting(firstRange)).mutableSpan
          var secondSpan = unsafe zeros(secondBuffer.extracting(secondRange)).mutableSpan
          body(images, &firstSpan, &secondSpan)
        }
      }
    }
    return (first, second)
  }

  /// A new array, each task filling the whole part of its own images; nothing is set beforehand.
  ///
  /// The number of images a task takes must not change their values.
  static func filledArray(
    imageCount: Int, length: Int, imagesPerTask: Int, threads: Int,
    _ body: @Sendable (Range<Int>, inout MutableSpan<Float>) -> Void
  ) -> [Float] {
    let count = imageCount * length
    return unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
      // The parts of different tasks are disjoint.
      nonisolated(unsafe) let buffer = unsafe buffer
      let tasks = (imageCount + imagesPerTask - 1) / imagesPerTask
      forEach(tasks, threads: threads) { task in
        let images = task * imagesPerTask..<min((task + 1) * imagesPerTask, imageCount)
        var part = unsafe UnsafeMutableBufferPointer(
          rebasing: buffer[images.lowerBound * length..<images.upperBound * length]
        ).mutableSpan
        body(images, &part)
      }
      initialised = count
    }
  }

  /// A new array of so many elements, each task filling a run of them.
  static func elements(
    _ count: Int, threads: Int, _ body: @Sendable (Range<Int>, inout MutableSpan<Float>) -> Void
  ) -> [Float] {
    filledArray(
      imageCount: count, length: 1, imagesPerTask: 1 << 14, threads: threads, body)
  }

  private static func zeros(
    _ buffer: UnsafeMutableBufferPointer<Float>
  ) -> UnsafeMutableBufferPointer<Float> {
    unsafe buffer.update(repeating: 0)
    return unsafe buffer
  }

  /// The sum of the chunks' partial sums, in the order of the chunks.
  static func sumOfParts(_ parts: [Float], length: Int, threads: Int) -> [Float] {
    guard length > 0 else { return [] }
    return elements(length, threads: threads) { elements, sum in
      let parts = parts.span
      for index in sum.indices { sum[index] = parts[elements.lowerBound + index] }
      for start in stride(from: length, to: parts.count, by: length) {
        for index in sum.indices { sum[index] += parts[start + elements.lowerBound + index] }
      }
    }
  }
}
