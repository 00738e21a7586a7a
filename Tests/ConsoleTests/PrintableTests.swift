import Foundation
import Records
import Testing

import enum Console.ExitStatus

@testable import Console
@testable import Operations

@Suite("Names that strangers chose, on a terminal")
struct PrintableTests {
  private static let name = "x\u{1B}[31m\nthe registry verifies\u{07}\u{9B}2J\u{85}\u{2028}\r\ny"

  private func conclude(_ line: String, listsAll: Bool) throws -> (output: String, errors: String) {
    guard case .run(_, let options) = try Invocation(words(line)) else {
      throw NoCommand(line: line)
    }
    let recording = Recording()
    let context = Context(
      options: options, terminal: recording.terminal(), interrupt: Interrupt(), clock: { .zero })
    let outcome = AuditOutcome(
      "the registry",
      [
        Finding(Self.name, Self.name, isGood: false),
        Finding.note("a\nb", "c\nd"),
      ])
    _ = try context.conclude(outcome, listsAll: listsAll)
    return (recording.output, recording.errors)
  }

  private func isTame(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0 == "\n" || !($0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0.value == 0x2028)
    }
  }

  @Test("a finding is one line, whatever a file is called")
  func findings() throws {
    let (output, errors) = try conclude("audit", listsAll: false)
    let lines = output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("WRONG  x") && lines[1].hasPrefix("note   a"))
    #expect(lines[2] == "it does not verify")
    #expect(isTame(output))
    #expect(errors.split(separator: "\n").count == 2 && isTame(errors))
  }

  @Test("a sentence is one line, whatever is named in it")
  func sentence() throws {
    let recording = Recording()
    guard case .run(_, let options) = try Invocation(words("key list")) else { return }
    let context = Context(
      options: options, terminal: recording.terminal(), interrupt: Interrupt(), clock: { .zero })
    try context.tell("exported v1 to '\(Self.name)'")
    #expect(recording.output.split(separator: "\n").count == 1 && isTame(recording.output))
  }

  @Test(
    "in JSON nothing that could disturb a terminal stands as it is, and all of it can be read again"
  )
  func json() throws {
    let output = try conclude("audit --json", listsAll: false).output
    #expect(output.hasSuffix("}\n") && isTame(output) && output.contains("\\u009b"))
    let parsed =
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let findings = parsed?["findings"] as? [[String: Any]]
    #expect(findings?.first?["subject"] as? String == Self.name)
  }

  @Test(
    "what cannot be seen is shown, so that no two names look alike",
    arguments: [
      "\u{AD}", "\u{61C}", "\u{180E}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{2060}",
      "\u{FEFF}", "\u{FFF9}", "\u{E0041}", "\u{3164}", "\u{FE0F}",
    ] as [Unicode.Scalar])
  func invisible(scalar: Unicode.Scalar) throws {
    let name = "René\(scalar)"
    let shown = "René" + scalar.escaped(asASCII: true)
    #expect(name.harmless == shown && name.oneLine == shown && shown.contains("\\u{"))
    let json = Array("\"\(name)\"".escapedForJSON.utf8)
    #expect(!String(decoding: json, as: UTF8.self).unicodeScalars.contains(scalar))
    #expect(try JSONDecoder().decode(String.self, from: Data(json)) == name)
  }

  @Test("what can be seen stays as it is, signs before an Arabic number too")
  func visible() {
    for name in ["René", "李", "\u{600}1", "e\u{301}", "a\u{A0}b"] { #expect(name.oneLine == name) }
  }

  @Test("what was mended is a line each, whatever the files were called")
  func mended() {
    let text = FsckCommand.text(FsckOutcome(done: ["removed \(Self.name)", "cut 3 bytes"]))
    #expect(text.split(separator: "\n").count == 2)
  }
}
