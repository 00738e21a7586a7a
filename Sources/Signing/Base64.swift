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
    var digits = Array(text.utf8)
    guard digits.count % 4 == 0 else { throw .wrongLength(digits.count) }
    let length = digits.count
    while let last = digits.last, last == UInt8(ascii: "="), length - digits.count < 2 {
      digits.removeLast()
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length / 4 * 3)
    var word: UInt32 = 0
    var bits = 0
    var variants: (standard: Bool, urlSafe: Bool) = (false, false)
    for (offset, digit) in digits.enumerated() {
      guard let value = value(digit) else { throw .strayCharacter(offset: offset) }
      if digit == UInt8(ascii: "+") || digit == UInt8(ascii: "/") { variants.standard = true }
      if digit == UInt8(ascii: "-") || digit == UInt8(ascii: "_") { variants.urlSafe = true }
      word = word << 6 | value
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
        word &= 1 << UInt32(bits) - 1
      }
    }
    guard word == 0 else { throw .strayBits }
    guard !(variants.standard && variants.urlSafe) else { throw .mixedAlphabets }
    return bytes
  }

  /// What the digits of the standard alphabet stand for; 64 for every other byte.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 64, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  /// Reads digits of the standard alphabet, a group at a time; nil for what is not canonical.
  static func standardBytes(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count % 4 == 0 else { return nil }
    let values = values
    let padding = digits.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3)
    var start = digits.startIndex
    while start < digits.endIndex {
      let isLast = start + 4 == digits.endIndex
      let length = isLast ? 4 - padding : 4
      var word: UInt32 = 0
      for place in 0..<4 {
        let value = place < length ? values[Int(digits[start + place])] : 0
        guard value < 64 else { return nil }
        word = word << 6 | UInt32(value)
      }
      bytes.append(UInt8(truncatingIfNeeded: word >> 16))
      if length > 2 { bytes.append(UInt8(truncatingIfNeeded: word >> 8)) }
      if length > 3 { bytes.append(UInt8(truncatingIfNeeded: word)) }
      let stray = word & (length == 2 ? 0xFFFF : length == 3 ? 0xFF : 0)
      guard stray == 0 else { return nil }
      start += 4
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt32? {
    switch digit {
    case 0x41...0x5A: UInt32(digit - 0x41)
    case 0x61...0x7A: UInt32(digit - 0x61) + 26
    case 0x30...0x39: UInt32(digit - 0x30) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
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
