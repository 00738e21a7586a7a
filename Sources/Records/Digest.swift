/// A SHA-256 digest: 32 bytes, written as 64 lower-case hexadecimal digits.
///
/// Held as four words, as a state has tens of thousands of them that are read, copied and compared.
package struct Digest: Hashable, Sendable {
  /// The bytes, eight a word, the first one the highest: words compare as bytes do.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Takes the 32 bytes of a digest.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes")
    func word(_ index: Int) -> UInt64 {
      bytes[8 * index..<8 * index + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    words = (word(0), word(1), word(2), word(3))
  }

  /// Takes the 32 bytes as four words, the first byte the highest of the first.
  package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// Reads 64 lower-case hexadecimal digits; anything else is nil.
  package init?(hex: some StringProtocol) {
    guard hex.utf8.count == 64, let bytes = Hexadecimal.decode(hex) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    func append(_ word: UInt64) {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    append(words.0)
    append(words.1)
    append(words.2)
    append(words.3)
    return bytes
  }

  /// The 64 lower-case hexadecimal digits.
  package var hex: String { Hexadecimal.encode(bytes) }

  /// The first 12 digits, for people; never for looking anything up.
  package var short: String { String(hex.prefix(12)) }

  package static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

extension Digest: CustomStringConvertible {
  package var description: String { "sha256:\(hex)" }
}

extension Digest: Comparable {
  package static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
}

extension Digest: Codable {
  /// Reads the text form `sha256:<hex>`.
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard text.hasPrefix("sha256:"), let digest = Digest(hex: text.dropFirst(7)) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is no SHA-256 digest"))
    }
    self = digest
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
