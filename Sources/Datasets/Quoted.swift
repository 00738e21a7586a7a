/// Makes text from outside safe and short enough to stand in a message.
enum Quoted {
  /// The text with control and direction-changing characters escaped, cut after `limit` characters.
  static func text(_ text: String, limit: Int = 80) -> String {
    var shown = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else { return shown + "…" }
      shown += isHarmless(scalar) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
      count += 1
    }
    return shown
  }

  /// The texts, quoted and separated by commas.
  static func list(_ texts: [String]) -> String {
    texts.isEmpty ? "none" : texts.map { "'\(text($0))'" }.joined(separator: ", ")
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
    default: true
    }
  }
}
