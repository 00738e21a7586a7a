import Records

/// The fields of the lines of a kept state, read one after another.
///
/// What does not fit gives a neutral value and makes the line unsound, so that a reader asks once. All
/// of it works on bytes, once over: a command reads some megabytes of them before it decides.
package struct StateFields: Sendable {
  private let bytes: [UInt8]
  private let start: Int
  private let end: Int
  private var position: Int
  /// Where the line begins.
  private var line: Int
  private(set) var isSound = true

  private static let space: UInt8 = 0x20
  private static let feed: UInt8 = 0x0A

  /// Begins with the lines in a range, which ends behind a line.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    (start, end) = (range.lowerBound, range.upperBound)
    (position, line) = (start, start)
  }

  /// Whether the line has no more fields.
  var isAtEnd: Bool { position >= end || bytes[position] == Self.feed }

  /// Goes to the next line that has something in it, whatever is left of this one.
  ///
  /// - Returns: false when there is none.
  mutating func nextLine() -> Bool {
    if position > start { while !isAtEnd { position += 1 } }
    while position < end, bytes[position] == Self.feed { position += 1 }
    line = position
    return position < end
  }

  /// This line and those behind it that begin with the same word; the next line is the one behind them.
  mutating func section(_ word: String) -> KeptLines {
    let lines = KeptLines(word, in: bytes, from: line)
    guard lines.count > 0 else { return unsound(lines) }
    // At the end of the last of them.
    position = lines.end - 1
    return lines
  }

  /// Goes behind so many fields.
  mutating func skip(_ count: Int) {
    for _ in 0..<count { _ = next() }
  }

  private mutating func next() -> Range<Int> {
    if isAtEnd { isSound = false }
    let start = position
    while !isAtEnd, bytes[position] != Self.space { position += 1 }
    return start..<pass()
  }

  /// Goes behind the space after a field that ends here.
  private mutating func pass() -> Int {
    defer { if position < end, bytes[position] == Self.space { position += 1 } }
    return position
  }

  /// Whether this field is the sign for nothing, which is passed then.
  private mutating func isNothing() -> Bool {
    guard position < end, bytes[position] == UInt8(ascii: "-"),
      position + 1 == end || bytes[position + 1] <= Self.space
    else { return false }
    _ = next()
    return true
  }

  mutating func text() -> String {
    let range = next()
    // Nothing is written as a sign; a text of no bytes would be read back as that.
    if range.isEmpty { isSound = false }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  mutating func optionalText() -> String? { isNothing() ? nil : text() }

  mutating func integer() -> Int {
    let range = next()
    var value = 0
    for byte in bytes[range] {
      let digit = byte &- 0x30
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(Int(digit))
      guard digit < 10, !isTooLarge, !isLarger else { return unsound(0) }
      value = sum
    }
    return range.isEmpty ? unsound(0) : value
  }

  mutating func optionalInteger() -> Int? { isNothing() ? nil : integer() }

  mutating func flag() -> Bool { integer() == 1 }

  /// Sixty-four lower-case hexadecimal digits.
  mutating func digest() -> Digest {
    let start = position
    guard start + 64 <= end else {
      _ = next()
      return unsound(Self.noDigest)
    }
    var wrong: UInt8 = 0
    let words = (
      word(at: start, &wrong), word(at: start + 16, &wrong), word(at: start + 32, &wrong),
      word(at: start + 48, &wrong)
    )
    position = start + 64
    guard wrong < 16, isAtEnd || bytes[position] == Self.space else {
      return unsound(Self.noDigest)
    }
    _ = pass()
    return Digest(words: words)
  }

  /// Sixteen lower-case hexadecimal digits.
  mutating func caseNumber() -> CaseNumber {
    let range = next()
    var wrong: UInt8 = 0
    let value = range.count == 16 ? word(at: range.lowerBound, &wrong) : unsound(0)
    return wrong < 16 ? CaseNumber(value: value) : unsound(CaseNumber(value: 0))
  }

  /// `2026-11-22`.
  mutating func date() -> CalendarDate {
    let range = next()
    return CalendarDate(String(decoding: bytes[range], as: UTF8.self)) ?? unsound(.earliest)
  }

  /// The sixteen digits from there on; `wrong` is more than 15 after one that is none.
  private func word(at start: Int, _ wrong: inout UInt8) -> UInt64 {
    var word: UInt64 = 0
    for index in start..<start + 16 {
      let digit = Self.value(bytes[index])
      wrong |= digit
      word = word << 4 | UInt64(digit & 15)
    }
    return word
  }

  private static let noDigest = Digest(words: (0, 0, 0, 0))

  /// What a digit stands for; more than 15 for what is none.
  private static func value(_ digit: UInt8) -> UInt8 {
    let (number, letter) = (digit &- 0x30, digit &- 0x61)
    return number < 10 ? number : letter < 6 ? letter + 10 : 0xFF
  }

  /// All that are left.
  mutating func digests() -> [Digest] {
    var digests: [Digest] = []
    while !isAtEnd, isSound { digests.append(digest()) }
    return digests
  }

  mutating func optionalDigest() -> Digest? { isNothing() ? nil : digest() }

  mutating func selection() -> RecordSelection {
    guard let text = optionalText() else { return RecordSelection([]) }
    guard let selection = RecordSelection(text: text) else { return unsound(RecordSelection([])) }
    return selection
  }

  mutating func choice<Choice: RawRepresentable<String>>(_ otherwise: Choice) -> Choice {
    guard let choice = Choice(rawValue: text()) else { return unsound(otherwise) }
    return choice
  }

  mutating func optionalChoice<Choice: RawRepresentable<String>>(
    _ type: Choice.Type
  ) -> Choice? {
    guard let text = optionalText() else { return nil }
    guard let choice = Choice(rawValue: text) else { return unsound(nil) }
    return choice
  }

  private mutating func unsound<Value>(_ value: Value) -> Value {
    isSound = false
    return value
  }
}
