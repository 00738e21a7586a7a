import Foundation
import Records
import Testing

@testable import Reports

@Suite("The auditor's commands")
struct AuditorCommandsTests {
  static let tools = ["openssl", "base64", "sed", "wc"]
  static let areThere = tools.allSatisfy { tool in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(tool)")
      || FileManager.default.isExecutableFile(atPath: "/bin/\(tool)")
  }

  @Test(
    "the printed commands accept an honest envelope and refuse a changed one",
    .enabled(if: areThere), arguments: ["certificate.intoto.jsonl", "it's $HOME's; certificate"])
  func signature(file: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "imu-reports-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let certificate = Sample.certificate()
    let payload = Data(CanonicalText.encode(certificate))
    try (Data("DSSEv1 28 application/vnd.in-toto+json \(payload.count) ".utf8) + payload)
      .write(to: folder.appending(path: "expected.pae"))
    let (status, _) = try Self.run(
      """
      openssl ecparam -name prime256v1 -genkey -noout -out key.pem 2>/dev/null &&
      openssl ec -in key.pem -pubout -out key.pub.pem 2>/dev/null &&
      openssl dgst -sha256 -sign key.pem -out expected.sig expected.pae
      """, in: folder)
    try #require(status == 0)
    let signature = try Data(contentsOf: folder.appending(path: "expected.sig"))
    func envelope(_ payload: Data) -> Data {
      Data(
        "{\"payload\":\"\(payload.base64EncodedString())\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"keyid\":\"ab\",\"sig\":\"\(signature.base64EncodedString())\"}]}\n"
          .utf8)
    }

    let files = AuditorFiles(publicKey: "key.pub.pem", certificate: file, modelDirectory: "v4")
    let report = Report(certificate: certificate, context: Sample.context(files: files))
    let commands = try #require(Self.commands(report.markdown).first)
    try envelope(payload).write(to: folder.appending(path: file))
    let honest = try Self.run(commands, in: folder)
    #expect(honest.status == 0)
    #expect(honest.output == "Verified OK\n")
    let pae = try Data(contentsOf: folder.appending(path: "statement.pae"))
    #expect(pae == (try Data(contentsOf: folder.appending(path: "expected.pae"))))

    var changed = payload
    changed[changed.startIndex + 40] ^= 1
    try envelope(changed).write(to: folder.appending(path: file))
    let forged = try Self.run(commands, in: folder)
    #expect(forged.status != 0)
    #expect(!forged.output.contains("Verified OK"))
  }

  @Test("both texts print the same commands, and name the version and its files")
  func commands() {
    let report = Sample.reports[0]
    let blocks = Self.commands(report.markdown)
    #expect(blocks.count == 4)
    let html = Tags.text(report.html[...])
    for block in blocks { #expect(html.contains(block)) }
    #expect(
      blocks[2].contains(
        "auditor/bin/model_signing verify key v4-export --signature v4-export/model.sig --public_key key.pub.pem"
      ))
    #expect(blocks[3] == "imu-registry audit v4\nimu-registry verify v4 --re-execute")
  }

  @Test("every block of commands is read by sh", .enabled(if: areThere), arguments: MarkupTests.all)
  func syntax(report: Report) throws {
    let folder = FileManager.default.temporaryDirectory
    for block in Self.commands(report.markdown) {
      #expect(try Self.run(block, in: folder, options: ["-n"]).status == 0)
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

  private static func run(
    _ script: String, in folder: URL, options: [String] = []
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = options + ["-c", script]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
