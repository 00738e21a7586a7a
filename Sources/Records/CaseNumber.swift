/// The name a request has in the log: eight random bytes, so that it says nothing of anybody.
///
/// The id that people gave it lies in a sealed part.
package struct CaseNumber: Hashable, Sendable, Comparable {
  /// Sixteen lower-case hexadecimal digits.
  package let text: String

  /// Takes eight random bytes.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 8, "a case number has eight bytes")
    text = Hexadecimal.encode(bytes)
  }

  /// Reads sixteen lower-case hexadecimal digits; anything else is nil.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 16, Hexadecimal.decode(text) != nil else { return nil }
    self.text = String(text)
  }

  package static func < (left: CaseNumber, right: CaseNumber) -> Bool {
    ByteOrder.precedes(left.text, right.text)
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
