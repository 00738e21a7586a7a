import Records

/// Writes a document as GitHub-flavoured Markdown that also reads well as plain text.
enum MarkdownRenderer {
  static func render(_ document: Document) -> String {
    var parts = [
      "# \(escaped(document.title))",
      "**\(CheckStatus(document.verdict).word)** – \(escaped(document.answer))",
      facts(document.facts),
    ]
    for section in document.sections {
      parts.append("## \(escaped(section.title))")
      parts += section.blocks.map(block)
    }
    parts.append("*Made from the signed certificate; the certificate is what counts.*")
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func block(_ block: Block) -> String {
    switch block {
    case .paragraph(let phrase): line(phrase)
    case .heading(let title): "### \(escaped(title))"
    case .list(let items): items.map { "- \(line($0))" }.joined(separator: "\n")
    case .facts(let facts): self.facts(facts)
    case .table(let table): self.table(table)
    case .commands(let text): fenced(text)
    case .figure(let figure):
      "### \(escaped(figure.title))\n\n\(line(figure.caption))\n\n\(table(figure.table))"
    }
  }

  private static func facts(_ facts: [Fact]) -> String {
    facts.map { "- **\(escaped($0.name))**: \(inline($0.value, inTable: false))" }
      .joined(separator: "\n")
  }

  /// A table; every group with a heading becomes a table of its own under that heading.
  private static func table(_ table: Table) -> String {
    table.groups.map { group in
      var parts: [String] = []
      if let title = group.title { parts.append("#### \(inline(title, inTable: false))") }
      parts += group.notes.map(line)
      if !group.rows.isEmpty { parts.append(grid(table.columns, group.rows)) }
      return parts.joined(separator: "\n\n")
    }.joined(separator: "\n\n")
  }

  private static func grid(_ columns: [Table.Column], _ rows: [[Phrase]]) -> String {
    let head = columns.map { escaped($0.title) }
    let rule = columns.map { $0.isNumeric ? "---:" : "---" }
    let body = rows.map { $0.map { inline($0, inTable: true) } }
    return ([head, rule] + body).map { "| \($0.joined(separator: " | ")) |" }
      .joined(separator: "\n")
  }

  /// A phrase that begins a line, where `#`, `+` or `1.` would mean something.
  private static func line(_ phrase: Phrase) -> String {
    let text = inline(phrase, inTable: false)
    let bytes = text.utf8
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    let marks = digits.isEmpty ? "#+-=" : ".)"
    guard let next = bytes.dropFirst(digits.count).first, marks.utf8.contains(next) else {
      return text
    }
    return String(Substring(digits)) + "\\" + Substring(bytes.dropFirst(digits.count))
  }

  private static func inline(_ phrase: Phrase, inTable: Bool) -> String {
    phrase.runs.map { run in
      switch run {
      case .text(let text): escaped(text)
      case .strong(let text): text.isEmpty ? "" : "**\(escaped(text))**"
      case .code(let text): code(text, inTable: inTable)
      case .digest(let digest): "`\(digest.hex)`"
      case .status(let status): "**\(status.word)**"
      case .lineBreak: inTable ? "<br>" : " "
      }
    }.joined()
  }

  /// A code span whose fence is longer than any run of backticks in it.
  static func code(_ text: String, inTable: Bool) -> String {
    var text = Markup.plain(text)
    guard !text.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestBacktickRun(in: text) + 1)
    if text.utf8.first == UInt8(ascii: "`") || text.utf8.last == UInt8(ascii: "`") {
      text = " \(text) "
    }
    // GFM splits cells before it looks for code, so a bar is escaped even here.
    if inTable {
      text = text.fields(separatedBy: "|").joined(separator: "\\|")
    }
    return fence + text + fence
  }

  private static func fenced(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestBacktickRun(in: text) + 1))
    let lines = text.fields(separatedBy: "\n").map(Markup.plain)
    return "\(fence)sh\n\(lines.joined(separator: "\n"))\n\(fence)"
  }

  private static func longestBacktickRun(in text: String) -> Int {
    var (longest, current) = (0, 0)
    for byte in text.utf8 {
      current = byte == UInt8(ascii: "`") ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  /// Text with nothing left that Markdown, its HTML or a forge would take for more than text.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in Markup.plain(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$", "!":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    // A forge makes links of these by itself.
    return replacing("www.", by: "www&#46;", in: replacing("://", by: "&#58;//", in: result))
  }

  private static func replacing(_ part: String, by other: String, in text: String) -> String {
    var result = ""
    var rest = text[...]
    while let range = rest.firstRange(of: part) {
      result += rest[..<range.lowerBound] + other
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
