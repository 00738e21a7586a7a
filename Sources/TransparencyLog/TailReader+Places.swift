import Signing

extension TailReader {
  /// How near to an event a search in the middle of the tail ends, in bytes.
  private static let nearness = 1 << 16

  /// So many events, found by their index.
  ///
  /// Checkpoints on the way say how many events lie before them, so that only some of the tail is read:
  /// about log n times 64 KB. What they say is not verified here; whoever asks holds the events against
  /// the tree. Before the byte `end` there are `count` events.
  package func events(_ range: Range<Int>, of count: Int, upTo end: Int) throws -> [[UInt8]] {
    struct Enough: Error {}
    guard !range.isEmpty else { return [] }
    let place = try place(before: range.lowerBound, of: count, upTo: end)
    var events: [[UInt8]] = []
    var index = place.size
    do {
      try forEachRecord(in: place.offset..<end, step: Self.nearness) { record, _ in
        guard case .event(let bytes) = record else { return }
        if range.contains(index) { events.append(bytes) }
        index += 1
        if index >= range.upperBound { throw Enough() }
      }
    } catch is Enough {}
    return events
  }

  /// The end of a checkpoint's line that lies before an event, and how many events it says it is of.
  private func place(
    before index: Int, of count: Int, upTo end: Int
  ) throws(LogError) -> StatePlace {
    var (low, high) = (StatePlace(size: 0, offset: 0), StatePlace(size: count, offset: end))
    var isEven = true
    while high.offset - low.offset > Self.nearness {
      // Where the event would lie if all were of one length, then the middle, in turn.
      let (bytes, events) = (high.offset - low.offset, max(1, high.size - low.size))
      let guess = isEven ? (index - low.size) * bytes / events - Self.nearness / 2 : bytes / 2
      let middle = low.offset + min(max(guess, 1), bytes - 1)
      isEven.toggle()
      if let found = try checkpoint(from: middle, upTo: high.offset), found.size <= index {
        guard found.offset > low.offset, found.size >= low.size else { return low }
        low = found
      } else {
        high = StatePlace(size: high.size, offset: middle)
      }
    }
    return low
  }

  /// The end of the first checkpoint's line that begins after a byte, and its number of events.
  private func checkpoint(from start: Int, upTo end: Int) throws(LogError) -> StatePlace? {
    var (rest, next) = ([UInt8](), start)
    // The line that the byte lies in is not a whole one.
    var isWhole = false
    while next < end {
      let part = try read(min(1 << 14, end - next), at: next)
      guard !part.isEmpty else { return nil }
      next += part.count
      rest += part
      var first = 0
      while let feed = rest[first...].firstIndex(of: 0x0A) {
        let line = rest[first..<feed]
        first = feed + 1
        if isWhole, line.first == UInt8(ascii: "c"), let size = Self.size(line) {
          return StatePlace(size: size, offset: next - (rest.count - first))
        }
        isWhole = true
      }
      rest.removeFirst(first)
    }
    return nil
  }

  private static func size(_ line: ArraySlice<UInt8>) -> Int? {
    guard case .checkpoint(let record)? = try? TailRecord(line: line, at: 0),
      let note = try? SignedNote(parsing: record.note)
    else { return nil }
    return (try? Checkpoint(parsing: note.text))?.size
  }
}
