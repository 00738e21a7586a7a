/// A SHA-256 digest: 32 bytes, written as 64 lower-case hexadecimal digits.
package struct Digest: Hashable, Sendable {
  package let bytes: [UInt8]

  /// Takes the 32 bytes of a digest.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes")
    self.bytes = bytes
  }

  /// Reads 64 lower-case hexadecimal digits; anything else is nil.
  package init?(hex: some StringProtocol) {
    guard hex.utf8.count == 64, let bytes = Hexadecimal.decode(hex) else { return nil }
    self.bytes = bytes
  }

  /// The 64 lower-case hexadecimal digits.
  package var hex: String { Hexadecimal.encode(bytes) }

  /// The first 12 digits, for people; never for looking anything up.
  package var short: String { String(hex.prefix(12)) }
}

extension Digest: CustomStringConvertible {
  package var description: String { "sha256:\(hex)" }
}

extension Digest: Comparable {
  package static func < (left: Digest, right: Digest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
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
