import Records
import Synchronization
import Testing

import enum Console.ExitStatus

@testable import Console

/// Gathers what is written.
final class Recording: Sendable {
  private let written = Mutex((output: "", errors: ""))

  var output: String { written.withLock { $0.output } }
  var errors: String { written.withLock { $0.errors } }

  func terminal(isWatched: Bool = false) -> Terminal {
    Terminal(
      isWatched: isWatched,
      output: { bytes in
        self.written.withLock { $0.output += String(decoding: bytes, as: UTF8.self) }
      },
      errors: { bytes in
        self.written.withLock { $0.errors += String(decoding: bytes, as: UTF8.self) }
      })
  }
}

/// A clock that stands still until it is moved.
final class Clock: Sendable {
  private let time = Mutex(Duration.zero)
  func advance(_ milliseconds: Int) { time.withLock { $0 += .milliseconds(milliseconds) } }
  var now: Duration { time.withLock { $0 } }
}

@Suite struct TerminalTests {
  private func run(_ line: String) -> (status: ExitStatus, output: String, errors: String) {
    let recording = Recording()
    let status = Console.run(
      words(line), environment: [:], coreCount: 1, terminal: recording.terminal(),
      interrupt: Interrupt(), clock: { .zero })
    return (status, recording.output, recording.errors)
  }

  @Test("help and version are results, and end well")
  func results() {
    let help = run("help forget")
    #expect(help.status == .done && help.errors.isEmpty)
    #expect(help.output.hasPrefix("imu-registry forget: "))
    #expect(run("--version").output == "imu-registry \(Console.version)\n")
  }

  @Test("wrong usage is said on standard error, with the next move, and is status 64")
  func usage() {
    let mistyped = run("forgte")
    #expect(mistyped.status == .usage && mistyped.output.isEmpty)
    #expect(
      mistyped.errors
        == "imu-registry: unknown command 'forgte'\nhint: did you mean 'forget'?\n")
    let incomplete = run("forget --model v3")
    #expect(
      incomplete.errors == """
        imu-registry: '--subject SELECTOR...' is missing
        hint: 'imu-registry help forget' says how it is written

        """)
    #expect(run("").errors.hasSuffix("hint: 'imu-registry --help' says how it is written\n"))
  }

  @Test("what a word could do to a terminal is taken out")
  func harmless() {
    let errors = run("'\u{1B}[2Jx\u{202E}\n'").errors
    #expect(!errors.contains("\u{1B}") && !errors.contains("\u{202E}"))
    #expect(errors.split(separator: "\n").count == 2)
  }

  private struct Answer: Codable { let name: String }

  private func context(
    _ line: String, _ recording: Recording, interrupt: Interrupt = Interrupt(),
    isWatched: Bool = false, clock: Clock = Clock()
  ) throws -> Context {
    guard case .run(_, let options) = try Invocation(words(line)) else {
      throw NoCommand(line: line)
    }
    return Context(
      options: options, terminal: recording.terminal(isWatched: isWatched), interrupt: interrupt,
      clock: { clock.now })
  }

  @Test("a result is text, or one line of JSON with --json; notes are silent with --quiet")
  func records() throws {
    let loud = Recording()
    let first = try context("list", loud)
    try first.show(Answer(name: "v1")) { "name  v1" }
    first.note("v1 is stored")
    #expect(loud.output == "name  v1\n")
    #expect(loud.errors == "imu-registry: v1 is stored\n")

    let quiet = Recording()
    let second = try context("list --json --quiet", quiet)
    try second.show(Answer(name: "v1")) { "name  v1" }
    second.note("v1 is stored")
    #expect(quiet.output == "{\"name\":\"v1\"}\n")
    #expect(quiet.errors.isEmpty)
    second.warn("refused", hint: "do this")
    #expect(quiet.errors == "imu-registry: refused\nhint: do this\n")
  }

  @Test("progress ends the work once it was interrupted")
  func interrupted() throws {
    let interrupt = Interrupt()
    let context = try context("list", Recording(), interrupt: interrupt)
    try context.progress("training", 1, of: 2)
    #expect(interrupt.raise() == 0)
    #expect(throws: Interrupted()) { try context.progress("training", 2, of: 2) }
    #expect(interrupt.raise() == 1)
  }

  @Test("progress is drawn for a person who watches, ten times a second at most, then cleared")
  func drawing() throws {
    let recording = Recording()
    let clock = Clock()
    let context = try context("list", recording, isWatched: true, clock: clock)
    for step in 0..<1000 {
      try context.progress("training v1", step, of: 1000)
      clock.advance(1)
    }
    #expect(recording.errors.split(separator: "\r").count == 10)
    context.note("done")
    #expect(recording.errors.hasSuffix("\r\u{1B}[Kimu-registry: done\n"))

    for line in ["list", "list --quiet"] {
      let silent = Recording()
      let other = try self.context(line, silent, isWatched: line != "list")
      try other.progress("training v1", 1, of: 2)
      #expect(silent.errors.isEmpty)
    }
  }

  @Test("the line says what, how far, and how long still")
  func progressWords() {
    #expect(
      ProgressLine.text("training", 1, of: 4, after: .seconds(2)) == "training, 25 %, 6 s left")
    #expect(ProgressLine.text("training", 1, of: 4, after: .zero) == "training, 25 %")
    #expect(ProgressLine.text("training", 4, of: 4, after: .seconds(9)) == "training, 100 %")
    #expect(ProgressLine.text("reading", 3, of: nil, after: .seconds(90)) == "reading, 1 min 30 s")
    #expect(
      ProgressLine.text("x", 1, of: 3601, after: .seconds(2)) == "x, 0 %, 2 h 0 min left")
    let long = String(repeating: "x", count: 200)
    #expect(ProgressLine.text(long, 9, of: 4, after: .zero).count == 79)
    #expect(ProgressLine.text("x", -1, of: 0, after: .zero) == "x, 0 s")
  }

  @Test("a table aligns words left and numbers right, and its cells stay in their line")
  func table() {
    var table = Table([.words("version"), .numbers("records"), .words("alias")])
    table.add(["v1", "270", "production"])
    table.add(["v1000\n2", "5", ""])
    #expect(
      table.text == """
        version   records  alias
        v1            270  production
        v1000\\n2        5

        """)
  }

  @Test("a list of values leaves out what there is not")
  func keyValues() {
    var list = KeyValueList()
    list.add("version", "v4")
    list.add("parent", nil)
    list.add("état", "ok")
    #expect(list.text == "version  v4\nétat     ok\n")
  }
}
