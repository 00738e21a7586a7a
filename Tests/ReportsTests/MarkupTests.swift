import Records
import Testing

@testable import Reports

@Suite("Markup and hostile text")
struct MarkupTests {
  static let hostile =
    "a|b `c` <script>alert(1)</script> & \"q\" 'p' *x* _y_ [l](http://evil.example) \n# h\n| - | \u{202E}rtl \u{0} www.evil.example $m$"

  static let report: Report = {
    let text = hostile
    let check = CheckResult(
      id: text, title: text, status: .warn, isMandatory: true, finding: text,
      thresholds: [text: 3], measurements: [Sample.measured(text, .candidate, 3, 1, 0, 5, text)])
    let evidence = Evidence(
      checks: [check],
      classes: [
        ClassAccuracy(
          label: 0, name: text, testCount: 3, originalCorrect: 3, candidateCorrect: 0,
          referenceCorrect: nil)
      ],
      distributions: [
        Distribution(quantity: text, role: .candidate, records: text, counts: [1, 2, 3])
      ], tensors: [])
    let certificate = Sample.certificate(
      Judgement(verdict: .warn, caps: [text], reasons: [text]), issuedAt: text,
      notAssessed: [text], evidence: evidence)
    return Report(
      certificate: certificate,
      context: Sample.context(
        requestID: text, approvedBy: text, subject: text,
        owed: [Obligation(task: text, by: Sample.deadline)],
        files: AuditorFiles(
          engineKey: text, verifierKey: text, publisherKey: text, certificate: text, script: text,
          modelDirectory: text)))
  }()

  static let all = Sample.reports + [report]

  @Test("the HTML is well-formed", arguments: all)
  func wellFormed(report: Report) { #expect(Tags.fault(report.html) == nil) }

  @Test("the HTML has no script, loads nothing and forbids both", arguments: all)
  func inert(report: Report) {
    let html = report.html
    let names = Set(Tags.elements(html).map { $0.split(separator: " ").first ?? "" })
    for name in ["script", "img", "link", "iframe", "object", "embed", "base", "form"] {
      #expect(!names.contains(name[...]), "\(name)")
    }
    for tag in Tags.elements(html) {
      // Every second part between quotation marks is a value.
      let names = tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: "\"")
      #expect(!names.contains(" src=") && !names.contains(" on"), "\(tag)")
    }
    for link in Tags.attribute("href", of: html) { #expect(link.hasPrefix("#")) }
    #expect(!html.contains("<script"))
    #expect(!html.contains("@import") && !html.contains("url("))
    #expect(html.contains("default-src 'none'; style-src 'unsafe-inline'"))
  }

  @Test("fragment identifiers are unique and every link leads to one", arguments: Sample.reports)
  func identifiers(report: Report) {
    let ids = Tags.attribute("id", of: report.html)
    #expect(Set(ids).count == ids.count)
    for link in Tags.attribute("href", of: report.html) {
      #expect(ids.contains(String(link.dropFirst())), "\(link)")
    }
    for label in Tags.attribute("aria-labelledby", of: report.html) {
      for id in label.split(separator: " ") { #expect(ids.contains(String(id))) }
    }
  }

  @Test("every drawing has a title, a description and its figures as a table")
  func drawings() {
    let html = Sample.reports[1].html
    let count = Tags.elements(html).filter { $0.hasPrefix("svg ") }.count
    #expect(count == 6)
    for name in ["title id", "desc id", "details"] {
      #expect(Tags.elements(html).filter { $0.hasPrefix(name) }.count == count, "\(name)")
    }
  }

  @Test("no hostile character reaches the reader in either text")
  func characters() {
    for text in [Self.report.html, Self.report.markdown] {
      #expect(!text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{0}" })
    }
  }

  @Test("every Markdown table row has as many cells as its heading", arguments: all)
  func tables(report: Report) {
    var columns: Int?
    for line in report.markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let cells = Self.bars(line) - 1
      #expect(cells == columns ?? cells, "\(line)")
      columns = columns ?? cells
    }
  }

  /// Bars that are not escaped.
  private static func bars(_ line: Substring) -> Int {
    var (count, isEscaped) = (0, false)
    for character in line {
      if character == "|", !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }

  @Test(
    "Markdown text means itself",
    arguments: [
      ("a|b", "a\\|b"), ("<b>&", "&lt;b&gt;&amp;"), ("`x` *y* _z_", "\\`x\\` \\*y\\* \\_z\\_"),
      ("two\nlines\tof", "two lines of"), ("![i](x)", "\\!\\[i\\](x)"),
      ("http://a www.b", "http&#58;//a www&#46;b"), ("\\", "\\\\"), ("speakers@v4", "speakers@v4"),
    ])
  func markdown(text: String, escaped: String) {
    #expect(MarkdownRenderer.escaped(text) == escaped)
  }

  @Test(
    "Markdown code ends where it should, whatever marks are combined with its characters",
    arguments: [
      ("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("x``\u{301}y", "```x``\u{301}y```"),
      ("x`\u{301}", "``x`\u{301}``"), ("a|\u{301}b", "`a\\|\u{301}b`"),
    ])
  func code(text: String, code: String) {
    #expect(MarkdownRenderer.code(text, inTable: true) == code)
  }

  @Test(
    "HTML text means itself",
    arguments: [
      ("<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"),
      ("a\u{202E}b\u{7}c", "a\u{FFFD}b\u{FFFD}c"), ("x\r\ny", "x  y"), ("日本語 é", "日本語 é"),
    ])
  func html(text: String, escaped: String) { #expect(Markup.escaped(text) == escaped) }

  @Test(
    "shell words come back as they were",
    arguments: [
      ("key.pub.pem", "key.pub.pem"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#),
      ("$(rm)", "'$(rm)'"), ("", "''"), ("-x", "./'-x'"),
      // A combining mark after a character does not make it another to a shell.
      ("a'\u{301};rm", "'a'\\''\u{301};rm'"), ("-\u{301}x", "./'-\u{301}x'"),
    ])
  func shell(word: String, quoted: String) { #expect(Shell.quoted(word) == quoted) }
}
