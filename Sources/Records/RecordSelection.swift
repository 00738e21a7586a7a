/// A set of records of one manifest, as sorted, disjoint ranges of their positions.
///
/// Its text is `0-29,45,60-99`; the empty set is the empty text.
package struct RecordSelection: Hashable, Sendable {
  /// Sorted, not empty, not touching one another.
  package let ranges: [Range<Int>]

  /// No position is as high as that.
  package static let positionLimit = 1 << 40

  /// Gathers positions, in any order and with repetitions.
  package init(_ indices: some Sequence<Int>) {
    var ranges: [Range<Int>] = []
    for index in indices.sorted() {
      precondition(index >= 0, "a position is not negative")
      if let last = ranges.last, index <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, index + 1)
      } else {
        ranges.append(index..<index + 1)
      }
    }
    self.ranges = ranges
  }

  /// Takes all positions of a range.
  package init(range: Range<Int>) { ranges = range.isEmpty ? [] : [range] }

  /// Takes ranges that are sorted, not empty and not touching.
  private init(ranges: [Range<Int>]) { self.ranges = ranges }

  /// Reads the canonical text; anything else, and positions above 2^40, are nil.
  package init?(text: String) {
    guard let ranges = text.first == "x" ? Self.ranges(ofBitmap: text) : Self.ranges(of: text)
    else { return nil }
    self.ranges = ranges
    guard self.text == text else { return nil }
  }

  private static func ranges(of text: String) -> [Range<Int>]? {
    var ranges: [Range<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) where !text.isEmpty {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends[0], let last = ends[ends.count - 1], ends.count <= 2, first >= 0,
        last >= first, last < positionLimit
      else { return nil }
      if let before = ranges.last, first <= before.upperBound { return nil }
      ranges.append(first..<last + 1)
    }
    return ranges
  }

  /// The ranges, or, where they are long and it is shorter, a bitmap: every event has its limit.
  package var text: String {
    let text = ranges.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)"
    }.joined(separator: ",")
    return text.utf8.count > Self.bitmapFrom && bitmapSize < text.utf8.count ? bitmap : text
  }

  /// The positions in ascending order.
  package var indices: [Int] { ranges.flatMap { Array($0) } }
  package var count: Int { ranges.reduce(0) { $0 + $1.count } }
  package var isEmpty: Bool { ranges.isEmpty }

  /// One past the greatest position; hold it against the manifest before `indices` is listed.
  package var upperBound: Int { ranges.last?.upperBound ?? 0 }

  package func union(_ other: RecordSelection) -> RecordSelection {
    RecordSelection(union: [self, other])
  }

  /// The positions of any of several.
  package init(union parts: [RecordSelection]) {
    var union: [Range<Int>] = []
    for range in parts.flatMap(\.ranges).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = union.last, range.lowerBound <= last.upperBound {
        union[union.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        union.append(range)
      }
    }
    ranges = union
  }

  package func intersection(_ other: RecordSelection) -> RecordSelection {
    var common: [Range<Int>] = []
    var (left, right) = (ranges[...], other.ranges[...])
    while let first = left.first, let second = right.first {
      let overlap = first.clamped(to: second)
      if !overlap.isEmpty { common.append(overlap) }
      if first.upperBound < second.upperBound { left.removeFirst() } else { right.removeFirst() }
    }
    return RecordSelection(ranges: common)
  }

  package func subtracting(_ other: RecordSelection) -> RecordSelection {
    var left: [Range<Int>] = []
    var holes = other.ranges[...]
    for range in ranges {
      var start = range.lowerBound
      while let hole = holes.first, hole.lowerBound < range.upperBound {
        if hole.lowerBound > start { left.append(start..<hole.lowerBound) }
        start = max(start, hole.upperBound)
        // A hole that reaches beyond this range may also cut the next one.
        if hole.upperBound > range.upperBound { break }
        holes.removeFirst()
      }
      if start < range.upperBound { left.append(start..<range.upperBound) }
    }
    return RecordSelection(ranges: left)
  }

  package func isSubset(of other: RecordSelection) -> Bool { subtracting(other).isEmpty }
}

extension RecordSelection: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let selection = RecordSelection(text: text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "'\(text)' is no list of record positions"))
    }
    self = selection
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
