extension DSSEEnvelope {
  /// Reads an envelope that is written exactly as `text` writes one of this payload type, with key ids
  /// of hexadecimal digits.
  ///
  /// A log is full of them, and a general reader of JSON takes ten times as long. Nil says nothing but
  /// that: `init(parsing:)` then says what the text is.
  package init?(canonical bytes: [UInt8], payloadType: String) {
    var cursor = TextCursor(bytes)
    guard cursor.skip(#"{"payload":""#), let payload = cursor.base64(),
      cursor.skip(#"","payloadType":""# + payloadType + #"","signatures":["#)
    else { return nil }
    var signatures: [Signature] = []
    repeat {
      guard cursor.skip(#"{"keyid":""#), let keyID = cursor.digits(),
        cursor.skip(#"","sig":""#), let bytes = cursor.base64(), cursor.skip(#""}"#)
      else { return nil }
      signatures.append(Signature(bytes: bytes, keyID: keyID))
    } while cursor.skip(",")
    guard cursor.skip("]}"), cursor.isAtEnd else { return nil }
    self.init(payloadType: payloadType, payload: payload, signatures: signatures)
  }
}

/// A place in a text that is known but for a few values.
private struct TextCursor {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Goes on behind a word, if it stands here.
  mutating func skip(_ word: String) -> Bool {
    let length = word.utf8.count
    guard bytes.count - position >= length,
      bytes[position..<position + length].elementsEqual(word.utf8)
    else { return false }
    position += length
    return true
  }

  /// The bytes up to the next quotation mark, which is not passed.
  private mutating func quoted() -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") { position += 1 }
    return bytes[start..<position]
  }

  mutating func base64() -> [UInt8]? { Base64.standardBytes(quoted()) }

  /// Lower-case hexadecimal digits, at least one.
  mutating func digits() -> String? {
    let digits = quoted()
    let areDigits = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard areDigits, !digits.isEmpty else { return nil }
    return String(decoding: digits, as: UTF8.self)
  }
}
