import Foundation
import Records
import Testing

@testable import Reports

@Suite("The auditor's commands")
struct AuditorCommandsTests {
  @Test(
    "the printed commands accept an honest envelope and refuse a changed one",
    .enabled(if: AuditorFolder.hasTools),
    arguments: ["certificate.intoto.jsonl", "it's $HOME's; certificate"])
  func signature(file: String) throws {
    let folder = try AuditorFolder(
      files: AuditorFiles(certificate: file, modelDirectory: "v4"),
      certificate: CanonicalText.encode(Sample.certificate()))
    defer { folder.remove() }
    let report = Report(
      certificate: Sample.certificate(), context: Sample.context(files: folder.files))
    let commands = Self.commands(report.markdown)[1]
    let honest = try folder.run(commands)
    #expect(honest.status == 0)
    #expect(honest.output == "Signature Verified Successfully\nSignature Verified Successfully\n")

    try folder.change(file, at: 60)
    let forged = try folder.run(commands)
    #expect(forged.status != 0)
    #expect(!forged.output.contains("Successfully"))
  }

  @Test("both texts print the same commands, and name the version and its files")
  func commands() {
    let report = Sample.reports[0]
    let blocks = Self.commands(report.markdown)
    #expect(blocks.count == 5)
    let html = Tags.text(report.html[...])
    for block in blocks { #expect(html.contains(block)) }
    #expect(
      blocks[3].contains(
        #""$auditor"/venv/bin/model_signing verify key "$auditor"/v4-export --signature "$auditor"/v4-export/model.sig --public_key publisher.pub.pem"#
      ))
    #expect(blocks[3].contains(#"python3 -m venv "$auditor"/venv"#))
    #expect(blocks[0] == "sh check.sh")
    #expect(blocks[4] == "imu-registry audit v4\nimu-registry verify v4 --re-execute")
  }

  @Test(
    "who follows the printed commands changes nothing in the folder of the report",
    .enabled(if: AuditorFolder.hasTools))
  func nothingLeft() throws {
    let folder = try AuditorFolder(
      files: AuditorFiles(modelDirectory: "v4", program: "stub"),
      certificate: CanonicalText.encode(Sample.certificate()))
    defer { folder.remove() }
    let report = Report(
      certificate: Sample.certificate(), context: Sample.context(files: folder.files))
    let blocks = Self.commands(report.markdown)
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).sorted()
    // Where there is no program of ours, what it and the net would give is stood in for.
    let stub = "stub() { mkdir -p \"$4\"; }; python3() { :; }; "
    let done = try folder.run(stub + blocks[1...3].joined(separator: "\n") + "\nls -A \"$auditor\"")
    let after = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).sorted()
    #expect(after == before)
    for name in ["statement.json", "v4"] { #expect(done.output.contains("\(name)\n")) }
  }

  @Test("every block of commands is read by sh", arguments: MarkupTests.all)
  func syntax(report: Report) throws {
    // No file's name holds a zero byte, and the renderers replace it.
    let script = AuditorScript(files: report.context.files).text.filter { $0 != "\0" }
    for block in Self.commands(report.markdown) + [script] {
      let folder = FileManager.default.temporaryDirectory
      #expect(try AuditorFolder.run(["/bin/sh", "-n", "-c", block], in: folder).status == 0)
    }
  }

  /// The fenced blocks of a Markdown text.
  static func commands(_ markdown: String) -> [String] {
    var blocks: [String] = []
    var fence: Substring?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let open = fence {
        if line == open { fence = nil } else { blocks[blocks.count - 1] += "\(line)\n" }
      } else if line.hasPrefix("```"), line.hasSuffix("sh") {
        fence = line.dropLast(2)
        blocks.append("")
      }
    }
    return blocks.map { String($0.dropLast()) }
  }
}
