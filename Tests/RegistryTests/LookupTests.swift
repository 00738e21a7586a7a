import Records
import Testing

@testable import Registry

@Suite("Names of versions")
struct LookupTests {
  /// A registry with two versions and an alias at the first.
  private static func made() throws -> (RegistryStore, TemporaryRegistry) {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let first = try store.addExample(at: registry.clock.now())
    try store.addExample(
      at: registry.clock.now(), parent: first.digest, parts: [.example("classifier", .parent)])
    try registry.commit(Moved.production(to: first.digest))
    try store.refresh()
    return (store, registry)
  }

  @Test("a version is found by number, model, alias and the beginning of its digest")
  func found() throws {
    let (store, registry) = try Self.made()
    let hex = store.state.versions[0].digest.hex
    for name in [
      "v1", "speakers@v1", "production", "speakers@production", String(hex.prefix(8)),
      "sha256:\(hex)", "speakers@\(hex)",
    ] {
      #expect(try store.version(named: name).name == "speakers@v1")
    }
    #expect(store.aliases(at: store.state.entry(0)) == ["production"])
    #expect(store.alias("production", of: "speakers")?.number == 1)
    #expect(store.ancestry(of: store.state.entry(1)).map(\.number) == [2, 1])
    #expect(try registry.failures() == [])
  }

  @Test("what is not there is refused with what is, and the nearest", arguments: ["v3", "prod"])
  func unknown(name: String) throws {
    let (store, _) = try Self.made()
    let error = #expect(throws: RegistryError.self) { try store.version(named: name) }
    guard case .unknown("version", name, let known, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(known == ["speakers@v1", "speakers@v2", "production"])
  }

  @Test("the lineage of a version is what its event says of it")
  func lineage() throws {
    let (store, registry) = try Self.made()
    let second = store.state.entry(1)
    let lineage = try store.lineage(of: second)
    #expect(lineage.parent == store.state.versions[0].digest)
    #expect(lineage.parts.map(\.name) == ["classifier"])
    // The blob of another version's lineage in its place.
    let file = RegistryLayout.blob(second.made.lineage)
    try registry.write(
      file, try registry.read(RegistryLayout.blob(store.state.versions[0].lineage)))
    let error = #expect(throws: RegistryError.self) {
      try registry.open().lineage(of: second)
    }
    #expect(error?.isCorruption == true)
    #expect(try registry.failures().contains { $0.hasPrefix("'\(file)' does not verify") })
  }
}
