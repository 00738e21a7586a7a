// What strangers chose, such as the name of a file or a label, as a terminal may have it.

extension Unicode.Scalar {
  /// Whether a terminal obeys it instead of showing it.
  ///
  /// Control characters, those of C1 among them, and changes of writing direction; tabs and line feeds
  /// are of the text.
  fileprivate var isHarmful: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: isInvisible
    }
  }

  /// Whether nothing is seen of it, so that two names with and without it look alike: joiners, soft
  /// hyphens, byte order marks, tags, fillers, selectors of variants and marks of annotation.
  ///
  /// Signs of category Cf that are seen, such as the Arabic ones before a number, are none of these.
  var isInvisible: Bool {
    // Asked first, as nearly all text is below: the property is looked up in a table.
    value >= 0xAD && (properties.isDefaultIgnorableCodePoint || (0xFFF9...0xFFFB).contains(value))
  }

  /// Whether it would begin a line, or move within it.
  fileprivate var breaksLines: Bool { value < 0x20 || value == 0x2028 || value == 0x2029 }
}

extension String {
  /// The text with control characters, changes of writing direction and what is invisible shown as
  /// escapes.
  var harmless: String {
    replacing(\.isHarmful) { $0.escaped(asASCII: true) }
  }

  /// The text as a cell or a part of a line: its line breaks and tabs are shown as escapes, too, so that
  /// no name makes a line of its own.
  var oneLine: String {
    replacing({ $0.isHarmful || $0.breaksLines }) { $0.escaped(asASCII: true) }
  }

  /// A line of JSON, in which these scalars stand in strings alone, with their escapes.
  var escapedForJSON: String {
    replacing({ $0.isHarmful || $0.breaksLines }) { scalar in
      // JSON names what lies beyond four digits by two halves.
      String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }
  }

  private func replacing(
    _ isMeant: (Unicode.Scalar) -> Bool, _ escape: (Unicode.Scalar) -> String
  ) -> String {
    guard unicodeScalars.contains(where: isMeant) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if isMeant(scalar) {
        text += escape(scalar)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
