/// The name a request has in the log: eight random bytes, so that it says nothing of anybody.
///
/// The id that people gave it lies in a sealed part.
package struct CaseNumber: Hashable, Sendable, Comparable {
  /// The bytes, the first one the highest.
  private let value: UInt64

  /// Takes eight random bytes.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 8, "a case number has eight bytes")
    value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Takes the eight bytes as one number.
  package init(value: UInt64) { self.value = value }

  /// Reads sixteen lower-case hexadecimal digits; anything else is nil.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 16, let bytes = Hexadecimal.decode(text) else { return nil }
    self.init(bytes: bytes)
  }

  /// Sixteen lower-case hexadecimal digits.
  package var text: String {
    Hexadecimal.encode((0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) })
  }

  package static func < (left: CaseNumber, right: CaseNumber) -> Bool {
    left.value < right.value
  }
}

extension CaseNumber: CustomStringConvertible {
  package var description: String { text }
}

extension CaseNumber: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let number = CaseNumber(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is no case number"))
    }
    self = number
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
