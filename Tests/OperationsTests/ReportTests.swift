import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Reports and what they keep to themselves")
struct ReportTests {
  static let names = [
    "certificate.intoto.jsonl", "report.html", "report.md", "signing-key.pub.pem",
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
    let files = try place.files().filter { $0.hasPrefix("Reports/") }
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

  @Test("does not tell of an alias that came later as one that the verdict left behind")
  func laterAlias() throws {
    let place = try Made.forgotten()
    _ = try place.work.promote("v1", alias: "staging", override: "comparison")
    _ = try place.work.report("v2")
    let text = String(decoding: try place.read("Reports/R-1/v2/report.md"), as: UTF8.self)
    #expect(!text.contains("staging"))
    #expect(place.audit() == (true, ""))
  }

  @Test("the person is named in ledger, manifests and reports alone")
  func nobodyIsNamed() throws {
    let place = try Made.forgotten()
    // A name that is nowhere by chance.
    try place.request("R-4", "pid=4,class=name:4")
    let manifests = try place.store { store in try store.datasets().map(\.manifest.hex) }
    for file in try place.files() {
      #expect(!file.contains("pid") && !file.contains("="), "\(file)")
      if file.hasSuffix("ledger.sqlite") || file.hasSuffix("report.md")
        || file.hasSuffix("report.html") || manifests.contains(where: file.hasSuffix)
      {
        continue
      }
      let bytes = try place.read(file)
      #expect(!Self.contains(bytes, "pid"), "\(file)")
      if file.hasSuffix(".jsonl"), !file.hasSuffix("entries.jsonl") {
        #expect(try !Self.contains(Self.payload(of: bytes), "pid"), "\(file)")
      }
    }
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    Data(bytes).range(of: Data(text.utf8)) != nil
  }

  /// What the envelope of a statement holds, which is in base 64.
  private static func payload(of envelope: [UInt8]) throws -> [UInt8] {
    let object = try JSONSerialization.jsonObject(with: Data(envelope)) as? [String: Any]
    let payload = try #require((object?["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    #expect(payload.starts(with: Data("{".utf8)))
    return Array(payload)
  }
}
