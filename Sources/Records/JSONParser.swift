/// Reads one JSON text strictly: UTF-8, no duplicate names, bounded depth and size.
///
/// Duplicate names are refused even when spelled differently (`"t"` and `"\u0074"`), because two
/// readers that choose differently would see two documents behind one signature.
package struct JSONParser {
  /// The deepest nesting accepted.
  package static let depthLimit = 64
  /// The longest text accepted, in bytes, unless the caller sets another limit.
  package static let sizeLimit = 100_000_000

  private let bytes: [UInt8]
  private var position = 0

  /// Parses a whole text.
  ///
  /// - Throws: `JSONError` naming the first byte that does not belong.
  package static func parse(
    _ bytes: [UInt8], sizeLimit: Int = JSONParser.sizeLimit
  ) throws(JSONError) -> JSONValue {
    guard bytes.count <= sizeLimit else {
      throw JSONError(reason: "text longer than \(sizeLimit) bytes", offset: sizeLimit)
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONError(reason: "text is not UTF-8", offset: 0)
    }
    var parser = JSONParser(bytes: bytes)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.error("text after the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func error(_ reason: String) -> JSONError {
    JSONError(reason: reason, offset: position)
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < Self.depthLimit else { throw error("nesting deeper than \(Self.depthLimit)") }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw error("text ends where a value should be")
    case .some(UInt8(ascii: "-")), .some(0x30...0x39): return try number()
    default: throw error("unexpected byte where a value should be")
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    for expected in "\(word)".utf8 {
      guard current == expected else { throw error("'\(word)' is misspelled") }
      position += 1
    }
    return value
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(JSONError) {
    guard current == byte else { throw error("expected \(what)") }
    position += 1
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw error("expected a name") }
      let start = position
      let name = try string()
      // Swift compares strings by canonical equivalence; names are equal only byte by byte, and a
      // pair that merely looks equal is refused as well.
      guard names.insert(name).inserted else {
        throw JSONError(reason: "duplicate name '\(name)'", offset: start)
      }
      skipSpace()
      try expect(UInt8(ascii: ":"), "':'")
      skipSpace()
      members.append(.init(name, try value(depth: depth + 1)))
      skipSpace()
      if current == UInt8(ascii: "}") { break }
      try expect(UInt8(ascii: ","), "',' or '}'")
    }
    position += 1
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: "]") { break }
      try expect(UInt8(ascii: ","), "',' or ']'")
    }
    position += 1
    return .array(elements)
  }

  private mutating func digits() throws(JSONError) {
    guard let byte = current, (0x30...0x39).contains(byte) else { throw error("expected a digit") }
    while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<0x20: throw error("control character in a string")
      default: text.append(byte)
      }
    }
    throw error("string without an end")
  }

  private mutating func escape() throws(JSONError) -> [UInt8] {
    guard let byte = current else { throw error("string without an end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("unknown escape")
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> [UInt8] {
    var code = UInt32(try fourDigits())
    if (0xD800..<0xDC00).contains(code) {
      try expect(UInt8(ascii: "\\"), "the second half of a surrogate pair")
      try expect(UInt8(ascii: "u"), "the second half of a surrogate pair")
      let low = UInt32(try fourDigits())
      guard (0xDC00..<0xE000).contains(low) else { throw error("lone surrogate") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw error("lone surrogate") }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func fourDigits() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      // Digit by digit: `UInt16(_:radix:)` also takes signs, "-000" among them.
      guard let byte = current, byte < 0x80,
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw error("expected four hexadecimal digits") }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
