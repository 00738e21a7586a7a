/// Text set for a terminal of 80 columns.
enum Paragraph {
  static let width = 80

  /// Breaks paragraphs, separated by empty lines, into lines.
  static func wrapped(_ text: String, width: Int = width) -> String {
    text.split(separator: "\n\n").map { lines(String($0), width: width).joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  /// Two columns, the second wrapped; a long first entry has its line to itself.
  static func columns(_ rows: [(left: String, right: String)]) -> String {
    let widest = rows.map(\.left.unicodeScalars.count).filter { $0 <= 28 }.max() ?? 0
    let indent = String(repeating: " ", count: widest + 4)
    var text: [String] = []
    for (left, right) in rows {
      var lines = lines(right, width: width - widest - 4)
      let fits = left.unicodeScalars.count <= widest
      text.append(
        "  " + (fits ? left.padded(to: widest) + "  " + lines.removeFirst() : left))
      text += lines.map { indent + $0 }
    }
    return text.joined(separator: "\n")
  }

  /// The words in lines of at most that width; a longer word has a line to itself; never empty.
  private static func lines(_ text: String, width: Int) -> [String] {
    var lines = [""]
    for word in text.split(whereSeparator: \.isWhitespace) {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.unicodeScalars.count + 1 + word.unicodeScalars.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
