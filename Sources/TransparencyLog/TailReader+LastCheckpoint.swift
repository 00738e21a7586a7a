import Glibc
package import Signing

extension TailReader {
  /// How a search for the last checkpoint goes.
  package enum Search: Sendable {
    /// From the end backwards, as far as a write that was broken off can reach.
    case nearEnd
    /// So; and where more lies behind it than that, from the beginning on up to the first line that is
    /// none.
    case anywhere
  }

  /// The last whole checkpoint record whose note verifies.
  ///
  /// One that does not verify is passed over: it does not count. Neither does a line without its end,
  /// nor one longer than any that a writer writes.
  ///
  /// Cost: what lies behind it, at most `TailRecord.batchLimit` bytes; with `.anywhere` then the file
  /// as far as it is a log.
  ///
  /// - Throws: `LogError.noCheckpoint` when there is more behind it than a writer leaves there.
  package func lastCheckpoint(
    origin: String, trusted: [PublicKey], _ search: Search = .nearEnd
  ) throws(LogError) -> PlacedCheckpoint? {
    do throws(LogError) {
      return try lastCheckpointNearEnd(origin, trusted)
    } catch .noCheckpoint where search == .anywhere {
      return try lastCheckpointFromBeginning(origin, trusted)
    }
  }

  /// What is read at once; more once there is much to read.
  private static let steps = (least: 1 << 16, most: 1 << 20)
  /// How many checkpoints that do not verify are looked at: a write that was broken off leaves one.
  private static let strangerLimit = 1 << 12

  private func lastCheckpointNearEnd(
    _ origin: String, _ trusted: [PublicKey]
  ) throws(LogError) -> PlacedCheckpoint? {
    var end = byteCount
    // The checkpoint before may itself end in a line that began before what was torn.
    let floor = max(0, end - TailRecord.batchLimit - TailRecord.lineLimit)
    var step = Self.steps.least
    // The beginning of a line whose own beginning is not read yet, up to where that line ends.
    var carried: [UInt8] = []
    // Whether that line has no end, or is too long to be one of a writer's.
    var isPassedOver = true
    var strangers = 0
    while end > floor, strangers < Self.strangerLimit {
      let start = max(floor, end - step)
      let part = try read(end - start, at: start)
      if part.count < end - start {
        // A writer has just cut what was torn: the file ends here now.
        (carried, isPassedOver) = ([], true)
      }
      let bytes = part + carried
      var lineEnd = bytes.count
      let first = Self.firstFeed(bytes)
      while let feed = Self.lastFeed(bytes, before: lineEnd, first: first) {
        if !isPassedOver, bytes[feed + 1..<lineEnd].first == UInt8(ascii: "c") {
          if let found = placed(bytes[(feed + 1)..<lineEnd], start + feed + 1, origin, trusted) {
            return found
          }
          strangers += 1
        }
        isPassedOver = false
        lineEnd = feed
      }
      carried = Array(bytes[..<lineEnd])
      if isPassedOver || carried.count > TailRecord.lineLimit {
        isPassedOver = true
        carried = []
      }
      end = start
      step = min(2 * step, Self.steps.most)
    }
    guard end == 0 else { throw .noCheckpoint(searched: byteCount - end, size: byteCount) }
    return isPassedOver ? nil : placed(carried[...], 0, origin, trusted)
  }

  /// Where the first line feed is.
  private static func firstFeed(_ bytes: [UInt8]) -> Int? {
    unsafe bytes.withUnsafeBytes { buffer -> Int? in
      guard let start = buffer.baseAddress, let feed = unsafe memchr(start, 0x0A, buffer.count)
      else {
        return nil
      }
      return unsafe UnsafeRawPointer(feed) - start
    }
  }

  /// Where the last line feed before an index is, none being before the first.
  private static func lastFeed(_ bytes: [UInt8], before end: Int, first: Int?) -> Int? {
    guard let first, first < end else { return nil }
    return unsafe bytes.withUnsafeBytes { buffer in
      var index = end - 1
      while unsafe buffer[index] != 0x0A { index -= 1 }
      return index
    }
  }

  /// The last of the checkpoints that stand in whole lines from the beginning on.
  private func lastCheckpointFromBeginning(
    _ origin: String, _ trusted: [PublicKey]
  ) throws(LogError) -> PlacedCheckpoint? {
    var places: [Range<Int>] = []
    // The lines end where the first is that no writer wrote.
    try? forEachRecord(in: 0..<byteCount) { record, offset in
      if case .checkpoint = record { places.append(offset..<offset + record.line.count - 1) }
    }
    for place in places.reversed() {
      let line = try read(place.count, at: place.lowerBound)
      if let found = placed(line[...], place.lowerBound, origin, trusted) { return found }
    }
    return nil
  }
}
