import Records

/// Escaping of text that came from outside.
enum Markup {
  /// A text without characters that no reader should meet.
  ///
  /// Control characters have no place in XML, and marks that turn the direction of text can make a
  /// name look like another; each becomes U+FFFD. Line breaks and tabs become spaces.
  static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: scalars.append(" ")
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069,
        0xFEFF, 0xFFFE, 0xFFFF:
        scalars.append("\u{FFFD}")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// Text for HTML, XML and SVG, in elements and in quoted attributes.
  static func escaped(_ text: String) -> String { escaped(plainText: plain(text)) }

  /// Lines of commands, whose line breaks stay.
  static func escapedLines(_ text: String) -> String {
    text.fields(separatedBy: "\n").map(escaped(_:)).joined(separator: "\n")
  }

  private static func escaped(plainText text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
