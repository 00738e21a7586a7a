import Foundation
import Records
import Testing

@testable import Registry

@Suite("Folders in whose place something else lies")
struct FolderTests {
  /// A registry with a kept state, a version with a certificate, sealed parts, features, and what a
  /// writer left that died.
  private static func filled() throws -> TemporaryRegistry {
    let registry = try TemporaryRegistry()
    try registry.grow()
    let store = try registry.open()
    try store.addExample(at: registry.clock.now())
    _ = try store.sealed.seal(ReasonOpening(by: "Ada", reason: "none"), in: .reasons)
    _ = try store.keep(draft(), at: CountingClock.time(1))
    try registry.commit(ModelAdded(model: "one"))
    try registry.commit(ModelAdded(model: "two"))
    try FileManager.default.createDirectory(
      atPath: registry.path("work/staging/0123456789abcdef"), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try registry.write("work/staging/0123456789abcdef/1", [1])
    return registry
  }

  private static func draft() -> DerivedDraft {
    DerivedDraft(
      key: .of("key"), root: .of("root"), records: RecordSelection([1]), environment: .example,
      bytes: [1, 2, 3])
  }

  /// What writes, or removes, each in its own way.
  private static let writers: [@Sendable (RegistryStore) throws -> Void] = [
    { store in
      try store.commit(at: CountingClock.time(100)) { try $0.add(ModelAdded(model: "three")) }
    },
    { if let failure = try $0.repair().failures.first { throw failure } },
    { try $0.rebuildLedger() }, { _ = try $0.blobs.put([1, 2, 3]) },
    { _ = try $0.sealed.seal(ReasonOpening(by: "Ada", reason: "none"), in: .reasons) },
    { _ = try $0.keep(draft(), at: CountingClock.time(2)) },
  ]

  /// Whether the writer of a number takes a link away instead of stopping at it.
  private static func isTakenAway(_ folder: String, by number: Int) -> Bool {
    if RegistryLayout.isScratch(folder) { return true }
    // Of these `repair` knows that nothing is lost with what they lead to.
    let isNobodys = ["log/tile", "state", "attestations", "sealed/reasons"].contains {
      folder == $0 || folder.hasPrefix("\($0)/")
    }
    return number == 1 && isNobodys
  }

  private static let folders =
    RegistryLayout.folders.map(\.name) + [
      "log/tile/0", "sealed/reasons", "attestations/VERSION", "work/staging/0123456789abcdef",
    ]

  /// Everything below a path with its bytes.
  private func contents(_ path: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      found[name] = FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data()
    }
    return found
  }

  @Test(
    "a link in the place of a folder is taken away or stops the writer, who touches nothing behind it",
    arguments: folders)
  func linked(_ folder: String) throws {
    let whole = try Self.filled()
    let version = try #require(try whole.open().state.versions.first).digest.hex
    let folder = folder.replacingOccurrences(of: "VERSION", with: version)
    for (number, writer) in Self.writers.enumerated() {
      let registry = try whole.copy()
      let away = registry.directory + "-away"
      defer { try? FileManager.default.removeItem(atPath: away) }
      try FileManager.default.moveItem(atPath: registry.path(folder), toPath: away)
      // What a forger would have swept away with the rest.
      let stray = String(repeating: "ab", count: 32)
      try Data([7]).write(to: URL(filePath: "\(away)/\(stray)"))
      #expect(unsafe symlink(away, registry.path(folder)) == 0)
      let (before, tail) = (try contents(away), try registry.read("log/tail"))
      let store = try registry.open()
      if number == 0 {
        #expect(try registry.failures().contains { $0.contains("'\(folder)'") }, "\(folder)")
      }
      if Self.isTakenAway(folder, by: number) {
        #expect(throws: Never.self, "\(folder)") { try writer(store) }
        if number == 1 { #expect(try registry.failures() == [], "\(folder)") }
      } else {
        let error = #expect(throws: RegistryError.self, "\(folder)") { try writer(store) }
        #expect(error?.isCorruption == true, "\(folder): \(String(describing: error))")
        #expect(
          error?.description.contains("'\(folder)'") == true, "\(String(describing: error))")
        #expect(try registry.read("log/tail") == tail, "\(folder)")
      }
      #expect(try contents(away) == before, "\(folder)")
    }
  }

  @Test("a link that is put there later is not followed either", arguments: folders)
  func later(_ folder: String) throws {
    let registry = try Self.filled()
    let version = try #require(try registry.open().state.versions.first).digest.hex
    let folder = folder.replacingOccurrences(of: "VERSION", with: version)
    let store = try registry.open()
    _ = try store.blobs.put([1])
    let own = try registry.names("work/staging")
    let away = registry.directory + "-away"
    defer { try? FileManager.default.removeItem(atPath: away) }
    guard FileManager.default.fileExists(atPath: registry.path(folder)) else { return }
    try FileManager.default.moveItem(atPath: registry.path(folder), toPath: away)
    #expect(unsafe symlink(away, registry.path(folder)) == 0)
    // What this writer has open is its own.
    func others(_ found: [String: Data]) -> [String: Data] {
      found.filter { file in !own.contains { file.key.contains($0) } }
    }
    let before = try others(contents(away))
    _ = try? store.commit(at: registry.clock.now()) { try $0.add(ModelAdded(model: "three")) }
    _ = try? store.addExample(at: registry.clock.now())
    _ = try? store.sealed.seal(ReasonOpening(by: "Ada", reason: "none"), in: .reasons)
    _ = try? store.keep(Self.draft(), at: CountingClock.time(2))
    _ = try? store.hold(run: .of("run"))
    try? store.rebuildLedger()
    store.follow()
    #expect(try others(contents(away)) == before, "\(folder)")
  }

  @Test(
    "a registry is not made through a link that lies where it is begun", arguments: ["keys", "log"])
  func making(_ folder: String) throws {
    let registry = try TemporaryRegistry()
    let place = registry.path("place")
    try FileManager.default.createDirectory(
      atPath: "\(place)/away", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: "\(place)/new", withIntermediateDirectories: true)
    #expect(unsafe symlink("\(place)/away", "\(place)/new/\(folder)") == 0)
    let error = #expect(throws: RegistryError.self) {
      try RegistryStore.create(
        at: "\(place)/new", model: "speakers", policies: [], time: CountingClock.time(0))
    }
    #expect(error?.isCorruption == true)
    #expect(try contents("\(place)/away").isEmpty)
  }

  @Test(
    "a folder that others may write, or a personal one that others may read, is a finding",
    arguments: folders)
  func modes(_ folder: String) throws {
    let registry = try Self.filled()
    let version = try #require(try registry.open().state.versions.first).digest.hex
    let folder = folder.replacingOccurrences(of: "VERSION", with: version)
    let before = try registry.failures()
    let isPersonal = folder.hasPrefix("sealed") || folder.hasPrefix("work")
    for mode in isPersonal ? [0o777, 0o770, 0o755, 0o710] : [0o777, 0o775, 0o757] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: registry.path(folder))
      let problem =
        isPersonal
        ? "is personal and has mode 0\(String(mode, radix: 8)), not 0700"
        : "can be written by others (mode 0\(String(mode, radix: 8)))"
      let found = try registry.failures()
      #expect(found.contains("'\(folder)' \(problem)") && found.count == before.count + 1)
    }
  }

  @Test("so is any file of it that others may write")
  func fileModes() throws {
    let registry = try Self.filled()
    for file in [
      "oci-layout", "index.json", "ledger.sqlite", "log/tail", "log/checkpoint", "log/tile/0/000",
      "keys/log.pub.pem",
    ] {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o666], ofItemAtPath: registry.path(file))
      #expect(try registry.failures().contains("'\(file)' can be written by others (mode 0666)"))
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: registry.directory)
    #expect(try registry.failures().contains("'.' can be written by others (mode 0777)"))
  }
}
