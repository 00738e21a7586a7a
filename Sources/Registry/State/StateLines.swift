import Records

/// Lines of a kept state that are being written: fields without spaces, a space between.
struct StateLines {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ fields: [String]) {
    for (position, field) in fields.enumerated() {
      if position > 0 { bytes.append(0x20) }
      bytes.append(contentsOf: field.isEmpty ? "-".utf8 : field.utf8)
    }
    bytes.append(0x0A)
  }
}

/// The fields of a line that is being read.
///
/// What does not fit gives a neutral value and makes the line unsound, so that a reader asks once.
struct StateFields {
  private var rest: ArraySlice<UInt8>
  private(set) var isSound = true

  init(_ line: ArraySlice<UInt8>) { rest = line }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func next() -> ArraySlice<UInt8> {
    if rest.isEmpty { isSound = false }
    let end = rest.firstIndex(of: 0x20) ?? rest.endIndex
    let field = rest[rest.startIndex..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
    return field
  }

  mutating func text() -> String { String(decoding: next(), as: UTF8.self) }

  mutating func optionalText() -> String? {
    let text = text()
    return text == "-" ? nil : text
  }

  mutating func integer() -> Int {
    guard let value = Int(text()) else { return unsound(0) }
    return value
  }

  mutating func optionalInteger() -> Int? {
    guard let text = optionalText() else { return nil }
    guard let value = Int(text) else { return unsound(nil) }
    return value
  }

  mutating func flag() -> Bool { integer() == 1 }

  mutating func digest() -> Digest {
    guard let bytes = Self.bytes(next()) else {
      return unsound(Digest(bytes: [UInt8](repeating: 0, count: 32)))
    }
    return Digest(bytes: bytes)
  }

  /// All that are left.
  mutating func digests() -> [Digest] {
    var digests: [Digest] = []
    while !isAtEnd, isSound { digests.append(digest()) }
    return digests
  }

  mutating func optionalDigest() -> Digest? {
    rest.first == UInt8(ascii: "-") ? skip() : digest()
  }

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

  private mutating func skip() -> Digest? {
    _ = next()
    return nil
  }

  private mutating func unsound<Value>(_ value: Value) -> Value {
    isSound = false
    return value
  }

  /// Sixty-four lower-case hexadecimal digits, without a string in between.
  private static func bytes(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
