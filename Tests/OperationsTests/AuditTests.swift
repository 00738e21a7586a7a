import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Audit")
struct AuditTests {
  @Test("names every file of which a byte was changed")
  func everyFile() throws {
    let place = try Made.forgotten()
    #expect(place.audit() == (true, ""))
    for file in try place.files() where Self.isVouchedFor(file) {
      let bytes = try place.read(file)
      var changed = bytes
      changed[bytes.count / 2] ^= 1
      try place.write(file, changed)
      let (isVerified, text) = place.audit()
      #expect(!isVerified, "\(file)")
      #expect(text.contains(Self.name(of: file)), "\(file): \(text)")
      try place.write(file, bytes)
    }
    #expect(place.audit() == (true, ""))
  }

  @Test("of one version names every file of it of which a byte was changed")
  func oneVersion() throws {
    let place = try Made.forgotten()
    let files = try place.store { store in
      let version = try store.version(named: "v2")
      return try store.artifacts(of: version.digest).map(\.path)
        + [version.digest, version.weights, version.configuration].map {
          "blobs/sha256/\($0.hex)"
        }
    }
    #expect(files.count == 9 && place.audit("v2") == (true, ""))
    for name in files {
      let file = name.hasPrefix("../") ? String(name.dropFirst(3)) : "Registry/\(name)"
      let bytes = try place.read(file)
      var changed = bytes
      changed[bytes.count / 2] ^= 1
      try place.write(file, changed)
      let (isVerified, text) = place.audit("v2")
      #expect(!isVerified, "\(file)")
      #expect(text.contains(Self.name(of: file)), "\(file): \(text)")
      try place.write(file, bytes)
    }
    #expect(place.audit("v2") == (true, ""))
  }

  @Test("says when what the ledger tells was changed behind its back")
  func ledger() throws {
    for sql in [
      "UPDATE requests SET selector = 'pid=2'", "UPDATE requests SET state = 'approved'",
      "DELETE FROM certificates WHERE verdict = 'WARN'",
      "UPDATE certificates SET covered = '{}'",
      "UPDATE alias_history SET reason = 'another'",
    ] {
      let place = try Made.forgotten()
      try place.tamper(sql)
      #expect(!place.audit().isVerified, "\(sql)")
    }
  }

  /// Everything but the ledger, the lock and the private key, which is not public evidence.
  private static func isVouchedFor(_ file: String) -> Bool {
    !file.hasPrefix("policy") && !file.hasSuffix("ledger.sqlite") && !file.hasSuffix("/lock")
      && !file.hasSuffix("signing.pem")
  }

  /// The part of a path by which an audit may name it.
  private static func name(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return file.hasPrefix("Reports/") ? String(file.dropFirst("Reports/".count)) : name
  }
}
