import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Reports and what they keep to themselves")
struct ReportTests {
  static let names = [
    "certificate.event.json", "certificate.intoto.jsonl", "certificate.tlog-proof", "check.sh",
    "engine.pub.pem", "log.pub.pem", "publisher.pub.pem", "report.html", "report.md",
    "verifier.pub.pem",
  ]

  @Test("every forget leaves a report, and the newest lies at the top as well")
  func exist() throws {
    let place = try Made.forgotten()
    let reports = try place.files().filter { $0.hasPrefix("Reports/") }
    #expect(
      reports
        == ["Reports/R-1/", "Reports/R-1/v2/", "Reports/R-1/v3/"].flatMap { folder in
          Self.names.map { folder + $0 }
        }.sorted())
    for name in Self.names {
      let isPersonal = name.hasPrefix("report.")
      #expect(try place.mode("Reports/R-1/\(name)") == (isPersonal ? 0o600 : 0o644), "\(name)")
      #expect(try place.read("Reports/R-1/\(name)") == place.read("Reports/R-1/v3/\(name)"))
    }
    let text = String(decoding: try place.read("Reports/R-1/v3/report.md"), as: UTF8.self)
    #expect(text.contains("pid=1") && text.contains("R-1") && text.contains("PASS"))
    let page = String(decoding: try place.read("Reports/R-1/v3/report.html"), as: UTF8.self)
    #expect(!page.contains("<script") && !page.contains("src=\"http"))
  }

  @Test("written again, a report has the same bytes; a lost one comes back")
  func deterministic() throws {
    let place = try Made.forgotten()
    // A proof written later is of a later checkpoint.
    let files = try place.files().filter {
      $0.hasPrefix("Reports/") && !$0.hasSuffix("tlog-proof")
    }
    let before = try files.map { try place.read($0) }
    try FileManager.default.removeItem(atPath: place.path("Reports"))
    // Reports that were filed elsewhere are no fault.
    #expect(place.audit() == (true, ""))
    _ = try place.work.report("v2")
    #expect(try place.work.report("v3") == place.path("Reports/R-1/report.html"))
    #expect(try files.map { try place.read($0) } == before)
    #expect(place.audit() == (true, ""))
    let none = failure { _ = try place.work.report("v1") }
    #expect(none?.message == "v1 has no certificate to report on")
  }

  @Test("that others may read, as an older program left it, is closed to them when written again")
  func closed() throws {
    let place = try Made.forgotten()
    let file = "Reports/R-1/v2/report.md"
    try place.put(file, place.read(file), mode: 0o644)
    _ = try place.work.report("v2")
    #expect(try place.mode(file) == 0o600)
    #expect(try place.files().allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test("of an earlier certificate, where the newest could not be written, is no fault")
  func behind() throws {
    let place = try Made.trained()
    try place.forget("v1")
    let older = try place.read("Reports/R-1/report.md")
    // A file where the newest report's folder should be.
    try place.write("Reports/R-1/v3", [])
    let outcome = try place.forget("v2") { $0.target = .pass }
    #expect(try outcome.reportPath == nil && place.read("Reports/R-1/report.md") == older)
    try FileManager.default.removeItem(atPath: place.path("Reports/R-1/v3"))
    #expect(place.audit() == (true, ""))
    let notes = try place.work.audit(AuditOrder()).findings.filter {
      $0.message.contains("'imu-registry report v3' writes the newest")
    }
    #expect(notes.contains { $0.subject.hasSuffix("Reports/R-1/report.md") })
    var changed = older
    changed[changed.count / 2] ^= 1
    try place.put("Reports/R-1/report.md", changed, mode: 0o600)
    #expect(place.audit().text.contains("Reports/R-1/report.md"))
    _ = try place.work.report("v3")
    #expect(place.audit() == (true, ""))
    #expect(try place.read("Reports/R-1/report.md") == place.read("Reports/R-1/v3/report.md"))
  }

  @Test("a request whose sealed id would lead out of the folder of reports is not believed")
  func leavingId() throws {
    let place = try Made.trained()
    try place.store { store in
      let number = try RegistryStore.newCaseNumber()
      let day = try #require(CalendarDate("2026-11-20"))
      let opening = try store.sealed.seal(
        RequestOpening(id: "../../outside", receivedOn: day, subject: "pid=2"),
        in: .request(number))
      try store.commit(at: place.work.now()) {
        try $0.add(RequestOpened(number: number, opening: opening, receivedOn: day))
      }
    }
    let found = failure { try place.forget("v1") }
    #expect(found?.kind == .unverified && found?.message.contains("its id") == true)
  }

  @Test("does not tell of an alias that came later as one that the verdict left behind")
  func laterAlias() throws {
    let place = try Made.forgotten()
    _ = try place.work.promote("v1", alias: "staging", override: "comparison")
    _ = try place.work.report("v2")
    let text = String(decoding: try place.read("Reports/R-1/v2/report.md"), as: UTF8.self)
    #expect(!text.contains("staging"))
    #expect(place.audit() == (true, ""))
  }
}
