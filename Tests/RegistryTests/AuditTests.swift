import Foundation
import Records
import Testing

@testable import Registry

@Suite("Audit")
struct AuditTests {
  @Test("a registry after a whole forget verifies, and the audit tells how far it is")
  func clean() throws {
    let registry = try TemporaryRegistry.afterForget()
    var seen: [AuditProgress] = []
    let store = try registry.open()
    #expect(try RegistryAudit.run(on: store) { seen.append($0) } == [])
    #expect(seen.map(\.checkedFiles) == Array(1...seen.count))
    #expect(seen.last?.totalFiles == seen.count)
    let blobs = try registry.names("blobs/sha256").map { "blobs/sha256/\($0)" }
    #expect(Array(seen.map(\.file).prefix(blobs.count)) == blobs)
    #expect(seen.count == blobs.count + 2)
  }

  @Test("throwing from the progress stops the audit")
  func cancelled() throws {
    struct Stop: Error {}
    let store = try TemporaryRegistry.afterForget()
    let opened = try store.open()
    #expect(throws: Stop.self) { try RegistryAudit.run(on: opened) { _ in throw Stop() } }
  }

  @Test("a changed byte in any file but the lock and keys is found, and the file is named")
  func changedByte() throws {
    let registry = try TemporaryRegistry.afterForget()
    let spared: Set<String> = ["lock", "keys/signing.pem"]
    for file in try registry.files() where !spared.contains(file) && file != "ledger.sqlite" {
      let bytes = try registry.read(file)
      for index in Set([0, bytes.count / 2, bytes.count - 1]) {
        var other = bytes
        other[index] ^= 1
        try registry.write(file, other)
        #expect(try Self.names(file, in: registry), "byte \(index) of \(file)")
      }
      try registry.write(file, bytes)
    }
    #expect(try registry.audit() == [])
  }

  /// Whether opening or auditing says that this file does not verify.
  private static func names(_ file: String, in registry: TemporaryRegistry) throws -> Bool {
    do {
      return try registry.audit().contains { $0.contains("'\(file)'") }
    } catch let error as RegistryError {
      // A key that is not the registry's shows in what it should have signed.
      let shown = file == "keys/signing.pub.pem" ? "'" : "'\(file)'"
      return error.isCorruption && error.description.contains(shown)
    }
  }

  @Test("a missing file is found", arguments: ["blobs/sha256", "attestations"])
  func missing(folder: String) throws {
    let original = try TemporaryRegistry.afterForget()
    let drafts = try original.open().blobs.put(Array("draft".utf8))
    for file in try original.files() where file.hasPrefix(folder) && !file.contains(drafts.hex) {
      // Nothing refers any more to the envelope's and the signature's blobs but their rows.
      let registry = try original.copy()
      try registry.remove(file)
      let findings = try registry.audit()
      let isCopy = try original.open().artifacts().contains { file.hasSuffix($0.digest.hex) }
      #expect(findings.contains { $0.contains(file) } || isCopy, "\(file)")
    }
  }

  @Test(
    "a file that does not belong is found",
    arguments: [
      "stranger", "blobs/stranger", "blobs/sha256/stranger", "attestations/stranger",
      "keys/stranger", "log/stranger", "training/stranger",
      "blobs/sha256/E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
    ])
  func stranger(file: String) throws {
    let registry = try TemporaryRegistry()
    try registry.write(file, [])
    #expect(try registry.audit().count == 1)
    #expect(try registry.audit().first?.contains("'\(file)'") == true)
  }

  @Test("a blob that nothing refers to is fine, and still verified")
  func unreferenced() throws {
    let registry = try TemporaryRegistry()
    let digest = try registry.open().blobs.put([1, 2, 3])
    #expect(try registry.audit() == [])
    try registry.write("blobs/sha256/\(digest.hex)", [1, 2, 4])
    #expect(try registry.audit().count == 1)
  }

  @Test("a link in place of a blob is no blob")
  func link() throws {
    let registry = try TemporaryRegistry.afterForget()
    let name = try #require(registry.names("blobs/sha256").first)
    let path = registry.path("blobs/sha256/\(name)")
    let moved = registry.directory + "-moved"
    defer { try? FileManager.default.removeItem(atPath: moved) }
    try FileManager.default.moveItem(atPath: path, toPath: moved)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: moved)
    #expect(try registry.audit().contains("'blobs/sha256/\(name)' is no plain file"))
  }

  @Test(
    "a ledger whose rows were changed is found",
    arguments: [
      "DELETE FROM versions WHERE number = 2", "DELETE FROM certificates",
      "UPDATE certificates SET envelope = (SELECT digest FROM versions LIMIT 1)",
      "UPDATE artifacts SET digest = (SELECT digest FROM versions LIMIT 1)",
      "DELETE FROM artifacts", "DELETE FROM log_entries WHERE log_index > 3",
      "UPDATE versions SET weights = configuration",
      "UPDATE datasets SET manifest = (SELECT digest FROM versions LIMIT 1)",
      "UPDATE certificates SET verdict = 'PASS'",
      "UPDATE certificates SET covered = '{}'",
      "DELETE FROM request_salts", "UPDATE request_history SET salt = NULL",
      "UPDATE certificates SET salt = NULL", "UPDATE requests SET decided_by = 'Mallory'",
      "UPDATE requests SET received_on = '2031-01-01'",
      "UPDATE requests SET selector = 'pid=9'", "DELETE FROM aliases",
      "CREATE TRIGGER t AFTER INSERT ON aliases BEGIN DELETE FROM aliases; END",
    ])
  func changedRow(sql: String) throws {
    let registry = try TemporaryRegistry.afterForget()
    try registry.tamper(sql)
    do {
      #expect(try !registry.audit().isEmpty)
    } catch let error as RegistryError {
      #expect(error.isCorruption)
    }
  }

  @Test("the findings come in the same order every time")
  func order() throws {
    let registry = try TemporaryRegistry.afterForget()
    for name in try registry.names("blobs/sha256") {
      try registry.write("blobs/sha256/\(name)", [0])
    }
    let findings = try registry.audit()
    #expect(findings.count > 5)
    #expect(try registry.audit() == findings)
  }
}
