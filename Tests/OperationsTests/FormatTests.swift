import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

/// Registries that programs of each format wrote, which every later one must read.
@Suite("Old registries")
struct FormatTests {
  /// A copy of a registry that `Scripts/make-fixture` made, without private keys, its folders and
  /// modes as they were: git keeps neither.
  private func registry(_ format: String) throws -> (folder: String, work: Workplace) {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(format)").path
    let folder = "\(Place.parent)/imu-format-\(UUID().uuidString)"
    let files = FileManager.default
    try files.copyItem(atPath: fixture, toPath: folder)
    for name in try files.subpathsOfDirectory(atPath: "\(folder)/Registry") {
      let path = "\(folder)/Registry/\(name)"
      var isFolder: ObjCBool = false
      _ = files.fileExists(atPath: path, isDirectory: &isFolder)
      let isPersonal = name.hasPrefix("sealed") || name.hasPrefix("work")
      let mode = isFolder.boolValue ? (isPersonal ? 0o700 : 0o755) : (isPersonal ? 0o600 : 0o644)
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    return (folder, Workplace(registryPath: "\(folder)/Registry", threads: 1))
  }

  @Test("a registry of format 2 verifies, and says what it said")
  func format2() throws {
    let (folder, work) = try registry("format-2")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let audit = try work.audit(AuditOrder())
    #expect(audit.isVerified, "\(audit.findings.filter { !$0.isGood })")
    let versions = try work.versions()
    #expect(versions.map(\.name) == (1...4).map { "speakers@v\($0)" })
    #expect(versions.map { $0.exposures["R-1"] } == [.exposed, .exposed, .mitigated, .clear])
    #expect(versions.map(\.aliases) == [["canary"], [], ["production"], []])
    let requests = try work.requests()
    #expect(requests.map(\.id) == ["R-1", "R-2", "R-3"])
    #expect(requests.map(\.subject) == ["pid=1", "pid=2", "pid=3"])
    #expect(requests.map(\.state) == [.mitigated, .refused, .received])
    for version in versions {
      #expect(try work.verify(version.name, reExecute: false).isVerified)
    }
  }

  @Test("a registry of format 1 is refused, with the way on")
  func format1() throws {
    let folder = "\(Place.parent)/imu-format-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: "\(folder)/Registry/log", withIntermediateDirectories: true)
    for name in ["oci-layout", "log/entries.jsonl", "ledger.sqlite"] {
      try Data("{}".utf8).write(to: URL(filePath: "\(folder)/Registry/\(name)"))
    }
    let work = Workplace(registryPath: "\(folder)/Registry", threads: 1)
    let refusal = failure { _ = try work.versions() }
    #expect(refusal?.message.contains("has format 1") == true)
    #expect(refusal?.message.contains("'import' its versions anew") == true)
  }
}
