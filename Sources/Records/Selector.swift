/// Says whose records are meant: `pid=1`, `class=3`, `record=train-0007`, or a combination.
///
/// Terms joined by `,` must all hold; values joined by `+` are alternatives of one term; selectors
/// given one after another (`--subject` twice) are united. In values `%`, `,`, `+`, `=` and `|` are
/// written as percent escapes.
package struct Selector: Hashable, Sendable {
  /// A key and the values of it that match.
  package struct Term: Hashable, Sendable {
    package let key: String
    /// Sorted by their bytes, without repetition, not empty.
    package let values: [String]

    /// The values that match, each a selector's term of its own.
    package var single: [Term] { values.map { Term(key: key, values: [$0]) } }
  }

  /// Any of these conjunctions may hold; terms sorted by key.
  package let alternatives: [[Term]]

  /// The longest text accepted, in bytes: about a million record ids.
  package static let sizeLimit = 16_000_000

  /// Reads one selector.
  ///
  /// - Throws: `SelectorError` naming the term that cannot be read.
  package init(_ text: String) throws(SelectorError) {
    guard text.utf8.count <= Self.sizeLimit else {
      throw SelectorError(
        text: String(text.prefix(40)) + "…", reason: "longer than \(Self.sizeLimit) bytes")
    }
    var terms: [Term] = []
    for part in text.fields(separatedBy: ",") {
      terms.append(try Self.term(part, of: text))
    }
    terms.sort { $0.key < $1.key }
    for (term, next) in zip(terms, terms.dropFirst()) where term.key == next.key {
      throw SelectorError(
        text: text, reason: "'\(term.key)' is given twice; join alternatives as \(term.key)=a+b")
    }
    alternatives = [terms]
  }

  /// The records of any of several selectors.
  package init(union selectors: [Selector]) {
    var seen: Set<[Term]> = []
    alternatives = selectors.flatMap(\.alternatives)
      .filter { seen.insert($0).inserted }
      .sorted { ByteOrder.precedes(Self.text(of: $0), Self.text(of: $1)) }
  }

  /// The records with one of these ids; at least one.
  package init(records ids: [String]) {
    precondition(!ids.isEmpty && !ids.contains(""), "a selector of records names records")
    self.init(term: Term(key: "record", values: Set(ids).sorted(by: ByteOrder.precedes)))
  }

  /// The records that have one of the values of a term.
  package init(term: Term) {
    alternatives = [[term]]
  }

  /// The one text of this selector, whatever the order it was written in.
  package var canonicalText: String { texts.joined(separator: "|") }

  /// The texts of its alternatives, each a selector of its own.
  package var texts: [String] { alternatives.map(Self.text) }

  /// Reads `canonicalText` back.
  package init(canonicalText: String) throws(SelectorError) {
    var selectors: [Selector] = []
    for part in canonicalText.fields(separatedBy: "|") {
      selectors.append(try Selector(part))
    }
    self.init(union: selectors)
  }

  private static func text(of terms: [Term]) -> String {
    terms.map { "\($0.key)=" + $0.values.map(escaped).joined(separator: "+") }
      .joined(separator: ",")
  }

  private static func term(_ part: String, of text: String) throws(SelectorError) -> Term {
    let sides = part.fields(separatedBy: "=")
    guard let key = sides.first, sides.count > 1 else {
      throw SelectorError(text: text, reason: "'\(part)' is not key=value, as in pid=1")
    }
    guard !key.isEmpty, key.utf8.allSatisfy(isKeyByte) else {
      throw SelectorError(text: text, reason: "'\(key)' is no key: use letters, digits, '-', '_'")
    }
    var values: Set<String> = []
    for value in sides[1].fields(separatedBy: "+") {
      guard sides.count == 2, let plain = unescaped(value), !plain.isEmpty else {
        throw SelectorError(
          text: text, reason: "'\(part)' has no value that can be read; \(escapes)")
      }
      values.insert(plain)
    }
    return Term(key: key, values: values.sorted(by: ByteOrder.precedes))
  }

  /// How a value is written that holds what would end it.
  package static let escapes =
    "in a value write '%' ',' '+' '=' '|' as %25 %2C %2B %3D %7C"

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// A value with percent escapes for what would end it.
  package static func escaped(_ value: String) -> String {
    var text: [UInt8] = []
    for byte in value.utf8 {
      if byte < 0x20 || "%,+=|".utf8.contains(byte) {
        text.append(UInt8(ascii: "%"))
        text += Array(Hexadecimal.encode([byte]).utf8)
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func unescaped(_ value: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(value.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        guard byte >= 0x20, !"=|".utf8.contains(byte) else { return nil }
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self).lowercased()
      guard rest.count >= 2, let decoded = Hexadecimal.decode(digits) else { return nil }
      bytes += decoded
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

/// Why a selector cannot be read.
package struct SelectorError: Error, Hashable, Sendable, CustomStringConvertible {
  package let text: String
  package let reason: String

  package init(text: String, reason: String) {
    self.text = text
    self.reason = reason
  }

  package var description: String { "cannot read selector '\(text)': \(reason)" }
}

extension Selector: CustomStringConvertible {
  package var description: String { canonicalText }
}

extension Selector: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    do {
      self = try Selector(canonicalText: text)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(canonicalText)
  }
}
