import Testing

@testable import Console

@Suite struct UsageErrorTests {
  @Test(
    "a name or a reason that is blank is refused",
    arguments: [
      ["request", "approve", "R-1", "--by", " "],
      ["request", "approve", "R-1", "--by", "\u{200B}"],
      ["request", "refuse", "R-1", "--by", "Ada", "--reason", "\u{A0} "],
      ["log", "acknowledge", "1", "--reason", ""], ["log", "clock", "--correct", "  "],
      ["promote", "v1", "--override", "\u{3000}"],
    ])
  func blank(line: [String]) {
    let error = #expect(throws: UsageError.self) {
      try Invocation(line, environment: [:], coreCount: 1)
    }
    #expect(error?.description.contains("not blank") == true)
  }

  @Test(
    "a line that is not right gets its own error",
    arguments: [
      ("", .missingCommand),
      ("--json", .missingCommand),
      ("forgte --model v3", .unknownCommand("forgte", nearest: "forget")),
      ("frobnicate", .unknownCommand("frobnicate", nearest: nil)),
      (
        "request",
        .incompleteCommand(
          "request", choices: ["open", "approve", "refuse", "list", "show"])
      ),
      ("dataset --json", .incompleteCommand("dataset", choices: ["add", "list", "show"])),
      ("request aprove R-1", .unknownCommand("request aprove", nearest: "request approve")),
      ("key lst", .unknownCommand("key lst", nearest: "key list")),
      ("help forgt", .unknownCommand("forgt", nearest: "forget")),
      ("--jsn list", .unknownOption("--jsn", nearest: "--json")),
      ("list --frob", .unknownOption("--frob", nearest: nil)),
      ("forget --modle v3", .unknownOption("--modle", nearest: "--model")),
      ("forget --modle=v3", .unknownOption("--modle", nearest: "--model")),
      ("train --optimizer adam", .unknownOption("--optimizer", nearest: "--optimiser")),
      ("list -q", .unknownOption("-q", nearest: "--quiet")),
      ("list -j", .unknownOption("-j", nearest: "--json")),
      ("forget --model", .missingValue("--model VERSION")),
      ("forget --model --subject pid=1", .missingValue("--model VERSION")),
      ("--registry", .missingValue("--registry")),
      ("list --json=yes", .unexpectedValue("--json")),
      ("forget --model v1 --model v2 --subject pid=1", .repeated("--model")),
      ("--json list --json", .repeated("--json")),
      ("--threads 2 list --threads 2", .repeated("--threads")),
      ("forget --subject pid=1", .missing("--model VERSION")),
      ("forget --model v3", .missing("--subject SELECTOR...")),
      ("train", .missing("--dataset NAME")),
      ("import --architecture mlp", .missing("FILE")),
      ("import w", .missing("--architecture NAME")),
      ("export v4", .missing("--to DIR")),
      ("export --to out", .missing("VERSION")),
      ("show", .missing("VERSION")), ("lineage", .missing("VERSION")),
      ("verify", .missing("VERSION")), ("report", .missing("VERSION")),
      ("promote", .missing("VERSION")), ("diff", .missing("A")), ("diff v1", .missing("B")),
      ("rollback", .missing("--to VERSION")),
      ("dataset add", .missing("NAME")), ("dataset show", .missing("NAME")),
      ("request open --subject pid=1", .missing("ID")),
      ("request open R-1", .missing("--subject SELECTOR...")),
      ("request approve R-1", .missing("--by NAME")),
      ("request refuse R-1 --by Ada", .missing("--reason TEXT")),
      ("request show", .missing("ID")),
      ("list v1", .unexpectedOperand("v1")), ("init here", .unexpectedOperand("here")),
      ("rollback v3", .unexpectedOperand("v3")), ("audit v1 v2", .unexpectedOperand("v2")),
      ("derived list x", .unexpectedOperand("x")),
      ("derived discard", .missing("DIGEST or --all")),
      ("derived discard --all 01234567", .conflict("--all", "DIGEST")),
      ("dataset list x", .unexpectedOperand("x")), ("request list x", .unexpectedOperand("x")),
      ("key list x", .unexpectedOperand("x")), ("key export x", .unexpectedOperand("x")),
      ("dataset add d --train a", .needs("--train", "--test")),
      ("dataset add d --test a", .needs("--test", "--train")),
      ("dataset add d --format ts", .needs("--format ts", "--train")),
      (
        "dataset add d --format japanese-vowels --train a --test b",
        .conflict("--format japanese-vowels", "--train")
      ),
      ("train --dataset d --freeze extractor", .needs("--freeze", "--parent")),
      ("train --dataset d --shift 3", .needs("--shift", "--augmentation shift-flip")),
      ("import w --architecture a --only class=1", .needs("--only", "--trained-on")),
      ("import w --architecture a --config c --labels x,y", .conflict("--labels", "--config")),
    ] as [(String, UsageError)])
  func table(line: String, expected: UsageError) throws {
    #expect(try usageError(line) == expected)
  }

  @Test(
    "a value that cannot be read is named together with its parameter",
    arguments: [
      ("show v0", "VERSION", "v0"), ("show v01", "VERSION", "v01"),
      ("show v99999999999999999999", "VERSION", "v99999999999999999999"),
      ("show ../x", "VERSION", "../x"), ("show ''", "VERSION", ""),
      ("request show a/b", "ID", "a/b"), ("request show .hidden", "ID", ".hidden"),
      ("request open R --subject pid", "--subject", "pid"),
      ("request open R --subject pid=1 --subject =1", "--subject", "=1"),
      ("request open R --subject pid=1 --received 2026-02-30", "--received", "2026-02-30"),
      ("request open R --subject record=@/nowhere", "--subject", "record=@/nowhere"),
      ("forget --model v1 --subject pid=1 --until pss", "--until", "pss"),
      ("forget --model v1 --subject pid=1 --update-frequency 3", "--update-frequency", "3"),
      ("forget --model v1 --subject pid=1 --top-ratio 0", "--top-ratio", "0"),
      ("forget --model v1 --subject pid=1 --top-ratio 1.1", "--top-ratio", "1.1"),
      ("forget --model v1 --subject pid=1 --epochs -1", "--epochs", "-1"),
      ("train --dataset d --fraction 1/3", "--fraction", "1/3"),
      ("train --dataset d --learning-rate 1e-10", "--learning-rate", "1e-10"),
      ("train --dataset d --learning-rate nan", "--learning-rate", "nan"),
      ("train --dataset d --epochs 0", "--epochs", "0"),
      ("train --dataset d --epochs +3", "--epochs", "+3"),
      ("train --dataset d --seed 9223372036854775808", "--seed", "9223372036854775808"),
      ("train --dataset d --alias v3", "--alias", "v3"),
      ("import w --architecture a --labels x,,y", "--labels", "x,,y"),
      ("import w --architecture a --labels x,x", "--labels", "x,x"),
      ("list --threads 0", "--threads", "0"), ("list --threads 257", "--threads", "257"),
      ("--registry= list", "--registry", ""),
    ])
  func unreadable(line: String, parameter: String, value: String) throws {
    guard case .unreadable(let name, let word, let expected, _) = try usageError(line) else {
      Issue.record("'\(line)' gave \(String(describing: try usageError(line)))")
      return
    }
    #expect(name == parameter)
    #expect(word == value)
    #expect(!expected.isEmpty)
  }

  @Test("a mistyped choice gets the nearest one proposed")
  func nearestChoice() throws {
    let error = try #require(
      try usageError("forget --model v1 --subject pid=1 --scope clasifier"))
    #expect(error.hint == "did you mean 'classifier'?")
    #expect(
      error.description
        == "cannot read 'clasifier' as --scope: expected classifier or all")
  }

  @Test("a message stays a line however long the word")
  func longWords() throws {
    let error = UsageError.unknownCommand(String(repeating: "x", count: 100_000), nearest: nil)
    #expect(error.description.count < 120)
    let word = String(repeating: "x", count: 100_000)
    #expect(try usageError(word) != nil)
    let selector = try #require(try usageError("request open R --subject \(word)"))
    #expect(selector.description.count < 400)
  }

  @Test("words in any order and number never do more than throw")
  func anyWords() {
    let pool = [
      "forget", "request", "open", "--model", "--model=", "v3", "--subject", "pid=1", "--", "-",
      "--help", "--json", "=", "--=", "", "help", "--threads", "1", "-x", "é", "--registry",
    ]
    var state: UInt64 = 1
    for _ in 0..<5000 {
      var line: [String] = []
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for step in 0..<Int(state >> 60) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        line.append(pool[Int((state >> 33) % UInt64(pool.count))])
        #expect(step < 16)
      }
      do {
        _ = try Invocation(line)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
