/// Base64 (RFC 4648), read strictly: canonical padding, no white space, no stray bits.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text in the standard alphabet, padded.
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word: UInt32 = 0
      for byte in group { word = word << 8 | UInt32(byte) }
      word <<= UInt32(3 - group.count) * 8
      for place in 0...3 {
        let digit = alphabet[Int(word >> UInt32(18 - place * 6) & 63)]
        text.append(place <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a text in the standard or the URL-safe alphabet, never a mixture.
  ///
  /// - Throws: `Base64Flaw` naming the first thing that is not canonical.
  package static func decode(_ text: String) throws(Base64Flaw) -> [UInt8] {
    try read(Array(text.utf8)[...]).bytes
  }

  /// Reads digits of the standard alphabet; nil for what is not canonical.
  static func standardBytes(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard let (bytes, isURLSafe) = try? read(digits), !isURLSafe else { return nil }
    return bytes
  }

  /// What digits stand for in their lowest six bits; above them of which alphabet alone they are, or
  /// that a byte is no digit.
  private static let values: [UInt16] = {
    var values = [UInt16](repeating: stray, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt16(value) }
    for digit in "+/".utf8 { values[Int(digit)] |= standard }
    for (digit, other) in zip("-_".utf8, "+/".utf8) {
      values[Int(digit)] = values[Int(other)] & 63 | urlSafe
    }
    return values
  }()
  private static let standard: UInt16 = 0x40
  private static let urlSafe: UInt16 = 0x80
  private static let stray: UInt16 = 0x100

  /// Reads a group at a time.
  private static func read(
    _ digits: ArraySlice<UInt8>
  ) throws(Base64Flaw) -> (bytes: [UInt8], isURLSafe: Bool) {
    guard digits.count % 4 == 0 else { throw .wrongLength(digits.count) }
    let values = values
    let padding = digits.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3)
    var (seen, rest): (UInt16, UInt32) = (0, 0)
    for start in stride(from: digits.startIndex, to: digits.endIndex, by: 4) {
      let length = start + 4 == digits.endIndex ? 4 - padding : 4
      var word: UInt32 = 0
      for place in 0..<4 {
        let value = place < length ? values[Int(digits[start + place])] : 0
        seen |= value
        word = word << 6 | UInt32(value & 63)
      }
      bytes.append(UInt8(truncatingIfNeeded: word >> 16))
      if length > 2 { bytes.append(UInt8(truncatingIfNeeded: word >> 8)) }
      if length > 3 { bytes.append(UInt8(truncatingIfNeeded: word)) }
      rest = word & (length == 2 ? 0xFFFF : length == 3 ? 0xFF : 0)
    }
    if seen & stray != 0, let place = digits.dropLast(padding).firstIndex(where: isStray) {
      throw .strayCharacter(offset: place - digits.startIndex)
    }
    guard rest == 0 else { throw .strayBits }
    guard seen & (standard | urlSafe) != standard | urlSafe else { throw .mixedAlphabets }
    return (bytes, seen & urlSafe != 0)
  }

  private static func isStray(_ digit: UInt8) -> Bool { values[Int(digit)] & stray != 0 }
}

/// Why a text is not the one Base64 spelling of its bytes.
package enum Base64Flaw: Error, Hashable, Sendable, CustomStringConvertible {
  case wrongLength(Int)
  case strayCharacter(offset: Int)
  case strayBits
  case mixedAlphabets

  package var description: String {
    switch self {
    case .wrongLength(let count):
      "base64 of \(count) characters is not a whole number of groups; padding may be missing"
    case .strayCharacter(let offset): "character \(offset) of the base64 is not in its alphabet"
    case .strayBits: "the base64 ends in bits that stand for nothing"
    case .mixedAlphabets: "the base64 mixes the standard and the URL-safe alphabet"
    }
  }
}
