import Foundation
import Glibc
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("The folder of reports")
struct ReportTreeTests {
  @Test(
    "a link below it is not followed: it is named, nothing behind it changes, nothing is blocked")
  func links() throws {
    for (link, isFolder) in [
      ("R-1", true), ("R-1/v2", true), ("R-1/v2/check.sh", false), ("R-1/report.md", false),
    ] {
      let place = try Made.trained()
      let manager = FileManager.default
      try manager.createDirectory(
        atPath: place.path("victim/v2"), withIntermediateDirectories: true)
      try place.write("victim/check.sh", [1, 2, 3])
      let path = place.path("Reports/\(link)")
      try manager.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try manager.createSymbolicLink(
        atPath: path, withDestinationPath: place.path("victim" + (isFolder ? "" : "/check.sh")))
      let outcome = try place.forget("v1")
      #expect(outcome.state == .mitigated && outcome.reportPath == nil, "\(link)")
      try #expect(place.aliased() == "v2")
      #expect(
        place.notices.contains { $0.contains("'\(path)' is a link") && $0.contains("report v2") },
        "\(link)")
      try #expect(place.files().filter { $0.hasPrefix("victim/") } == ["victim/check.sh"])
      try #expect(place.read("victim/check.sh") == [1, 2, 3])
      #expect(place.audit().text.contains("Reports/\(link): is a link"), "\(link)")
      try manager.removeItem(atPath: path)
      _ = try place.work.report("v2")
      #expect(place.audit() == (true, ""))
    }
  }

  @Test("it may itself be a link that the user made")
  func own() throws {
    let place = try Made.trained()
    try FileManager.default.createDirectory(
      atPath: place.path("elsewhere"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: place.path("Reports"), withDestinationPath: "elsewhere")
    #expect(try place.forget("v1").reportPath == place.path("Reports/R-1/report.html"))
    #expect(try place.files().contains("elsewhere/R-1/v2/check.sh"))
    #expect(place.audit() == (true, ""))
  }

  @Test("a file named as one of our papers which the log does not name is found, wherever it lies")
  func forged() throws {
    for name in ReportTests.names + ["Report.HTML"] {
      for folder in ["R-1", "R-1/v1", "R-9", "a/b/c", ""] {
        let place = try Made.trained()
        let file = "Reports/\(folder.isEmpty ? "" : "\(folder)/")\(name)"
        try FileManager.default.createDirectory(
          atPath: place.path("Reports/\(folder)"), withIntermediateDirectories: true)
        try place.write(file, [1])
        #expect(place.audit().text.contains("\(file): is named by no certificate"), "\(file)")
      }
    }
  }

  @Test("another person's folder with a report that was copied there is found")
  func copied() throws {
    let place = try Made.forgotten()
    try FileManager.default.copyItem(
      atPath: place.path("Reports/R-1/v3"), toPath: place.path("Reports/R-2"))
    let outcome = try place.work.audit(AuditOrder())
    #expect(outcome.findings.count { !$0.isGood } == ReportTests.names.count)
    #expect(place.audit().text.contains("Reports/R-2/report.html: is named by no certificate"))
  }

  @Test("whatever else lies there is a note")
  func strays() throws {
    let place = try Made.forgotten()
    try FileManager.default.createDirectory(
      atPath: place.path("Reports/letters/old"), withIntermediateDirectories: true)
    for file in ["Reports/R-1/v2/remark.txt", "Reports/letters/old/letter.txt", "Reports/made"] {
      try place.write(file, [1])
    }
    let outcome = try place.work.audit(AuditOrder())
    #expect(outcome.isVerified)
    let notes = outcome.findings.filter { $0.message.contains("is no file of a report") }
    #expect(
      notes.map(\.subject)
        == ["R-1/v2/remark.txt", "letters", "made"].map { place.path("Reports/\($0)") })
  }

  @Test("what has a name that is no text could hide anything, and is found")
  func unnamable() throws {
    let place = try Made.forgotten()
    let path = Array(place.path("Reports/").utf8) + [0xFF, 0]
    #expect(unsafe mkdir(path.map { CChar(bitPattern: $0) }, 0o700) == 0)
    #expect(place.audit().text.contains("by bytes that are no text"))
  }

  @Test("whose reports these are cannot be told where a request is sealed from the reader: a note")
  func sealed() throws {
    let place = try Made.forgotten()
    try FileManager.default.removeItem(atPath: place.path("Registry/sealed"))
    let findings = try place.work.audit(AuditOrder()).findings
    #expect(!findings.contains { !$0.isGood && $0.subject.contains("Reports/") })
    #expect(findings.contains { $0.subject.hasSuffix("Reports") && $0.message.contains("sealed") })
  }

  @Test("a registry of another name has a folder of reports of its own")
  func names() {
    func reports(_ registry: String) -> String {
      Workplace(registryPath: registry, threads: 1).reportsPath
    }
    let here = FileManager.default.currentDirectoryPath
    #expect(reports("./Registry") == "./Reports")
    #expect(reports("Registry/") == "./Reports")
    #expect(reports("/data/Registry") == "/data/Reports")
    #expect(reports("prod") == "./prod-Reports")
    #expect(reports("/data/prod//") == "/data/prod-Reports")
    #expect(reports("/data/prod/.") == "/data/prod-Reports")
    #expect(reports("/prod") == "/prod-Reports")
    #expect(reports(".") == "\(here)-Reports")
  }
}
