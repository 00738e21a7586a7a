import Records

/// Writes a document as one well-formed HTML file: no scripts, nothing loaded from anywhere.
enum HTMLRenderer {
  static func render(_ document: Document) -> String {
    let title = Markup.escaped(document.title)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta name="referrer" content="no-referrer"/>
      <title>\(title)</title>
      <style>
      \(Stylesheet.text)
      </style>
      </head>
      <body>
      <a class="skip" href="#answer">To the answer</a>
      \(header(document))
      \(contents(document))
      <main>
      \(document.sections.map(section).joined(separator: "\n"))
      </main>
      <footer><p>\(title). Made from the signed certificate; the certificate is what counts.</p></footer>
      </body>
      </html>

      """
  }

  private static func header(_ document: Document) -> String {
    let status = CheckStatus(document.verdict)
    return """
      <header class="answer \(tone(status))" id="answer">
      <p class="kind">Unlearning report</p>
      <p class="verdict">\(badge(status))</p>
      <h1>\(unbroken(document.answer))</h1>
      \(facts(document.facts, kind: "strip"))
      </header>
      """
  }

  private static func contents(_ document: Document) -> String {
    let items = document.sections
      .map { "<li><a href=\"#\($0.id)\">\(Markup.escaped($0.title))</a></li>" }
    return "<nav aria-label=\"Contents\"><ol>\(items.joined())</ol></nav>"
  }

  private static func section(_ section: Section) -> String {
    let figures = section.blocks.filter { if case .figure = $0 { true } else { false } }.count
    let blocks = section.blocks.map(block).joined(separator: "\n")
    return """
      <section id="\(section.id)"\(figures > 1 ? " class=\"figures\"" : "")>
      <h2>\(Markup.escaped(section.title))</h2>
      \(blocks)
      </section>
      """
  }

  private static func block(_ block: Block) -> String {
    switch block {
    case .paragraph(let phrase): "<p>\(inline(phrase))</p>"
    case .heading(let title): "<h3>\(Markup.escaped(title))</h3>"
    case .list(let items): "<ul>\(items.map { "<li>\(inline($0))</li>" }.joined())</ul>"
    case .facts(let facts): self.facts(facts, kind: "facts")
    case .table(let table): HTMLTable.render(table)
    case .commands(let text): "<pre tabindex=\"0\"><code>\(Markup.escapedLines(text))</code></pre>"
    case .figure(let figure): self.figure(figure)
    }
  }

  private static func facts(_ facts: [Fact], kind: String) -> String {
    let items = facts.map {
      "<div><dt>\(Markup.escaped($0.name))</dt><dd>\(inline($0.value))</dd></div>"
    }
    return "<dl class=\"\(kind)\">\(items.joined())</dl>"
  }

  private static func figure(_ figure: Figure) -> String {
    """
    <figure>
    <h3>\(Markup.escaped(figure.title))</h3>
    \(figure.drawing)
    <figcaption>\(inline(figure.caption)) \(Markup.escaped(figure.legend))</figcaption>
    <details><summary>The figures as a table</summary>
    \(HTMLTable.render(figure.table))
    </details>
    </figure>
    """
  }

  static func inline(_ phrase: Phrase) -> String {
    phrase.runs.map { run in
      switch run {
      case .text(let text): Markup.escaped(text)
      case .strong(let text): "<strong>\(unbroken(text))</strong>"
      case .code(let text): "<code>\(Markup.escaped(text))</code>"
      case .digest(let digest): "<code class=\"digest\">\(breakable(digest.hex))</code>"
      case .status(let status): badge(status)
      case .lineBreak: "<br/>"
      }
    }.joined()
  }

  /// Text whose dates and ids are not broken at their hyphens.
  private static func unbroken(_ text: String) -> String {
    Markup.plain(text).split(separator: " ", omittingEmptySubsequences: false).map { word in
      let text = Markup.escaped(String(word))
      let isName = word.contains("-") && word.count < 30 && word.contains(where: \.isNumber)
      return isName ? "<span class=\"whole\">\(text)</span>" : text
    }.joined(separator: " ")
  }

  /// Digits with places to break a line; what is copied has none of them.
  private static func breakable(_ digits: String) -> String {
    var rest = digits[...]
    var parts: [Substring] = []
    while !rest.isEmpty {
      parts.append(rest.prefix(8))
      rest = rest.dropFirst(8)
    }
    return parts.joined(separator: "<wbr/>")
  }

  private static func badge(_ status: CheckStatus) -> String {
    "<span class=\"badge \(tone(status))\"><span aria-hidden=\"true\">\(status.sign)</span> \(status.word)</span>"
  }

  /// The name of a status in the stylesheet.
  private static func tone(_ status: CheckStatus) -> String {
    switch status {
    case .pass: "pass"
    case .warn: "warn"
    case .fail: "fail"
    case .inconclusive: "inconclusive"
    case .notAssessed: "not-assessed"
    }
  }
}
