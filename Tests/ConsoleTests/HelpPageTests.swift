import Testing

@testable import Console

@Suite struct HelpPageTests {
  static let pages = commandTable.map { $0.page }

  @Test("a page shows every parameter, every status and every global option")
  func complete() {
    for page in Self.pages {
      let text = HelpPage.text(of: page)
      for declaration in page.parameters + GlobalOptions.declarations {
        #expect(text.contains("  \(declaration.usage)"), "\(page.name) \(declaration.name)")
        #expect(declaration.help.count > 10, "\(page.name) \(declaration.name)")
      }
      let statuses = text.components(after: "exit statuses:\n")
      for status in [ExitStatus.done, .failed, .unverified, .usage, .interrupted] {
        #expect(statuses.contains("  \(status.rawValue) "), "\(page.name) \(status)")
      }
      #expect(!page.discussion.isEmpty && !page.summary.hasSuffix("."))
      #expect(!page.examples.isEmpty)
    }
  }

  @Test("the verbs that a policy can stop say so")
  func refusals() {
    for name in ["forget", "promote", "rollback"] {
      #expect(Self.pages.first { $0.name == name }?.statuses[.refused] != nil)
    }
  }

  @Test("no line of any page is wider than 80 columns, no usage wider than 100")
  func width() {
    for page in Self.pages {
      #expect(HelpPage.usage(of: page).count <= 100)
      for line in HelpPage.text(of: page).split(separator: "\n") where line.hasPrefix("   ") {
        #expect(line.count <= 80, "\(line)")
      }
    }
    for line in HelpPage.overview.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("no parameter is declared twice, and none hides a global option")
  func unique() {
    for page in Self.pages {
      let names = (page.parameters + GlobalOptions.declarations).map(\.name)
      #expect(Set(names).count == names.count, "\(page.name)")
    }
  }

  @Test("every example is a line that the parser accepts")
  func examples() throws {
    for page in Self.pages {
      for example in page.examples where !example.contains("@") {
        guard case .run(let command, _) = try Invocation(Array(words(example).dropFirst())) else {
          Issue.record("'\(example)' runs nothing")
          continue
        }
        #expect(type(of: command).page.name == page.name)
      }
    }
  }

  @Test("the pages of what takes a selector say how one is written, escapes too")
  func selectors() {
    for name in ["request open", "forget"] {
      let text = Self.pages.first { $0.name == name }.map(HelpPage.text) ?? ""
      for part in ["'+'", "','", "%2B", "%7C", "record=@FILE", "pid=a%2Bb"] {
        #expect(text.contains(part), "\(name) \(part)")
      }
    }
  }

  @Test("the page of 'policy withdraw' says how many digits of a digest it takes")
  func digits() {
    let text = Self.pages.first { $0.name == "policy withdraw" }.map(HelpPage.text) ?? ""
    #expect(text.contains("8 or more digits"))
  }

  @Test("the overview names every command")
  func overview() {
    for page in Self.pages { #expect(HelpPage.overview.contains("  \(page.name)")) }
  }

  @Test(
    "help is reached in every way, whatever else the line lacks",
    arguments: [
      ("help request approve", "imu-registry request approve:"),
      ("request approve --help", "imu-registry request approve:"),
      ("--help request approve", "imu-registry request approve:"),
      ("forget --help --modle", "imu-registry forget:"),
      ("forget --model v3 --help", "imu-registry forget:"),
      ("help request", "usage: imu-registry request COMMAND"),
      ("request --help", "usage: imu-registry request COMMAND"),
      ("--help", "imu-registry: keep models"), ("help", "imu-registry: keep models"),
    ])
  func ways(line: String, beginning: String) throws {
    guard case .help(let page) = try Invocation(words(line)) else {
      Issue.record("'\(line)' shows no page")
      return
    }
    #expect(page.hasPrefix(beginning))
  }

  @Test("words after -- ask for nothing")
  func afterTheEnd() throws {
    #expect(try usageError("list -- --help") == .unexpectedOperand("--help"))
  }

  @Test("the version is shown by the option and by the word", arguments: ["--version", "version"])
  func version(line: String) throws {
    guard case .version = try Invocation([line]) else {
      Issue.record("'\(line)' shows no version")
      return
    }
  }
}

extension String {
  /// The text after the last appearance of a heading.
  fileprivate func components(after heading: String) -> String {
    guard let range = ranges(of: heading).last else { return "" }
    return String(self[range.upperBound...])
  }
}
