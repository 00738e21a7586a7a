import Records
import Testing

@testable import Registry

extension AliasMove {
  static func example(
    model: String = "speakers", from: Digest? = nil, to: Digest, reason: String? = nil
  ) -> AliasMove {
    AliasMove(
      model: model, name: "production", from: from, to: to, movedAt: TemporaryRegistry.time,
      movedBy: "Ada", reason: reason, isOverride: reason != nil)
  }
}

@Suite("Aliases")
struct AliasTests {
  @Test("an alias moves only from where it was seen, and its history is kept")
  func compareAndSwap() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let first = try store.commitExample().digest
    let second = try store.commitExample(parent: first).digest
    let moves = [
      AliasMove.example(to: first), .example(from: first, to: second),
      .example(from: second, to: first, reason: "the new one is worse"),
    ]
    #expect(throws: RegistryError.self) { try store.moveAlias(moves[1]) }
    for move in moves { try store.moveAlias(move) }
    #expect(try store.alias("production", of: "speakers") == first)
    #expect(
      throws: RegistryError.aliasMoved(
        alias: "production", expected: "speakers@v2", found: "speakers@v1")
    ) { try store.moveAlias(moves[2]) }
    #expect(
      throws: RegistryError.aliasMoved(
        alias: "production", expected: "no version", found: "speakers@v1")
    ) { try store.moveAlias(moves[0]) }
    #expect(try store.aliasHistory(of: "speakers", alias: "production") == moves)
    #expect(try store.aliases().count == 1)
    #expect(try store.logEntries().filter { $0.kind == "alias" }.count == 3)
  }

  @Test("an alias stands only at a version of its own model")
  func foreignModel() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.commitExample(model: "one")
    let other = try store.commitExample(model: "two").digest
    #expect(throws: RegistryError.self) {
      try store.moveAlias(.example(model: "one", to: other))
    }
    #expect(throws: RegistryError.self) {
      try store.moveAlias(.example(model: "one", to: .of("none")))
    }
    #expect(try store.aliases() == [])
  }

  @Test(
    "an alias or a history changed behind the registry's back is found",
    arguments: [
      "UPDATE aliases SET digest = (SELECT digest FROM versions WHERE number = 2)",
      "UPDATE alias_history SET moved_by = 'Mallory'",
      "UPDATE alias_history SET reason = 'all is well'",
      "UPDATE alias_history SET is_override = 1",
      "DELETE FROM alias_history",
    ])
  func tampering(sql: String) throws {
    let registry = try TemporaryRegistry()
    do {
      let store = try registry.open()
      let first = try store.commitExample().digest
      try store.commitExample(parent: first)
      try store.moveAlias(.example(to: first))
    }
    #expect(try registry.audit() == [])
    try registry.tamper(sql)
    #expect(try registry.audit().contains { $0.contains("ledger.sqlite") })
  }
}
