import Foundation
import Records
import Testing

@testable import Registry

/// Something that somebody does to a registry of which all that the log names is still there.
struct Mischief: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let happen: @Sendable (TemporaryRegistry) throws -> Void

  init(_ what: String, _ happen: @escaping @Sendable (TemporaryRegistry) throws -> Void) {
    testDescription = what
    self.happen = happen
  }

  /// A file where another thing lies.
  static func file(_ name: String) -> Mischief {
    Mischief("\(name) is a file") { try $0.write($0.spelt(name), [1], mode: 0o600) }
  }

  /// A folder with folders in it where another thing lies.
  static func folder(_ name: String) -> Mischief {
    Mischief("\(name) is a folder") { try $0.nest($0.spelt(name)) }
  }

  /// A byte more than there was.
  static func changed(_ name: String) -> Mischief {
    Mischief("\(name) is changed") { registry in
      let name = try registry.spelt(name)
      try registry.write(name, registry.read(name) + [10])
    }
  }

  static let all: [Mischief] =
    [
      "log/tile", "log/tile/0", "log/tile/x", "log/x", "state", "state/x", "state/0256",
      "attestations", "attestations/x", "attestations/VERSION", "attestations/VERSION/x",
      "work/runs/x", "work/features/x", "work/training/x", "work/x", "blobs/x", "blobs/sha256/x",
      "blobs/sha256/DIGEST", "sealed/x", "sealed/reasons/x", "sealed/reasons/DIGEST",
      "sealed/case-0000000000000001",
    ].map { file($0) }
    + [
      "log/tile/0/000", "log/tile/x", "log/checkpoint", "log/x", "state/259", "state/x",
      "attestations/x", "attestations/VERSION/model.sig", "attestations/VERSION/x",
      "work/runs/DIGEST", "work/features/DIGEST", "work/training/DIGEST", "work/x", "blobs/x",
      "blobs/sha256/DIGEST", "sealed/x", "sealed/reasons/x", "sealed/reasons/DIGEST",
      "sealed/dataset-x", "index.json", "ledger.sqlite", "ledger.sqlite-wal", "oci-layout",
      "keys/desk.pub.pem",
    ].map { folder($0) }
    + [
      "log/tile/0/000", "log/checkpoint", "state/259", "attestations/VERSION/model.sig",
      "index.json", "oci-layout", "keys/desk.pub.pem",
    ].map { changed($0) }
    + [
      Mischief("a name that is no text") { registry in
        let file = unsafe open(
          registry.path("sealed/reasons") + "/", O_RDONLY | O_DIRECTORY)
        defer { close(file) }
        let name: [CChar] = [-1, -2, 0]
        #expect(unsafe mkdirat(file, name, 0o700) == 0)
      },
      Mischief("a ledger with other rows") { registry in
        let other = try TemporaryRegistry()
        try other.commit(ModelAdded(model: "other"))
        try registry.write("ledger.sqlite", other.read("ledger.sqlite"))
      },
      Mischief("a public key gone") { try $0.remove("keys/log.pub.pem") },
      Mischief("a folder gone") { try $0.remove("attestations") },
      Mischief("a personal file that all may read") { registry in
        let name = try #require(try registry.names("sealed/reasons").first { $0 != "key" })
        #expect(unsafe chmod(registry.path("sealed/reasons/\(name)"), 0o644) == 0)
      },
      Mischief("a file that all may write") { registry in
        #expect(unsafe chmod(registry.path("log/tail"), 0o666) == 0)
      },
    ]
}

extension TemporaryRegistry {
  /// A registry with tiles, a kept state, a version, and a sealed part that the log names.
  static func rich() throws -> TemporaryRegistry { try made.get().copy() }

  nonisolated(unsafe) private static let made = Result { try makeRich() }

  private static func makeRich() throws -> TemporaryRegistry {
    let registry = try TemporaryRegistry()
    try registry.grow()
    let store = try registry.open()
    try store.commit(at: registry.clock.now()) { batch in
      let opening = try store.sealed.seal(ReasonOpening(by: "Ada", reason: "none"), in: .reasons)
      try batch.add(ClockCorrected(opening: opening))
    }
    try registry.open().addExample(at: registry.clock.now())
    return registry
  }

  /// A name with the registry's version and a digest of nothing in the place of these words.
  func spelt(_ name: String) throws -> String {
    let version = try #require(try open().state.versions.first).digest.hex
    return name.replacing("VERSION", with: version)
      .replacing("DIGEST", with: String(repeating: "ab", count: 32))
  }

  /// Makes a folder with folders and files in it, instead of what lies there.
  func nest(_ name: String) throws {
    let path = self.path(name)
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(
      atPath: "\(path)/deep/deeper", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    for file in ["1", "deep/1", "deep/deeper/1"] {
      try Data([7]).write(to: URL(filePath: "\(path)/\(file)"))
    }
  }

  /// Repairs it as `fsck --repair` does.
  @discardableResult
  func mend() throws -> Repair {
    let store = try open()
    let repair = try store.repair()
    store.follow()
    return repair
  }
}
