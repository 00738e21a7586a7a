import Foundation
import Records
import Testing

@testable import Registry

/// The files a writer touches, in the order it does; a kill leaves the first few of them new.
///
/// The ledger is written twice: with the rows (their log lines and files still owed), then again
/// when those are there.
@Suite("After a kill at any moment")
struct CrashTests {
  /// One command, as a registry before and after it.
  struct Command: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: @Sendable (RegistryStore) throws -> Void
  }

  static let time = TemporaryRegistry.time
  static let commands = [
    Command(testDescription: "commit a version") { store in
      let parent = try store.version(named: "v2").digest
      try store.commitExample(parent: parent, request: "DSR-2026-001", draft: [9])
    },
    Command(testDescription: "certify") { store in
      try store.certify(
        .example(
          of: store.version(named: "v2").digest, verdict: .pass, name: "second.intoto.jsonl",
          text: "{\"n\":2}", state: .closed))
    },
    Command(testDescription: "attach") { store in
      try store.attach(
        "report.sig", [1], to: store.version(named: "v1").digest, at: time)
    },
    Command(testDescription: "move an alias") { store in
      let (one, two) = (
        try store.version(named: "v1").digest, try store.version(named: "v2").digest
      )
      try store.moveAlias(.example(from: two, to: one))
    },
    Command(testDescription: "open a request") { store in try store.openExample("DSR-2") },
  ]

  @Test("the next writer finishes what was committed, and the audit accepts", arguments: commands)
  func everyCut(command: Command) throws {
    let before = try TemporaryRegistry.afterForget()
    let after = try before.copy()
    try command.run(after.open())
    let cuts = try Self.cuts(from: before, to: after)
    for count in 0...cuts.count {
      let registry = try before.copy()
      for cut in cuts.prefix(count) { try cut(registry) }
      try registry.write("staging/0", [1, 2, 3])
      let readable = try registry.open(.reading).versions().count
      #expect(try registry.audit() == [], "after \(count) steps")
      #expect(try registry.open().versions().count == readable)
      let isCommitted = try registry.open().logEntries() == after.open().logEntries()
      let isUntouched = try registry.open().logEntries() == before.open().logEntries()
      #expect(isCommitted != isUntouched)
      if !isCommitted {
        // What never happened can be done again.
        try command.run(registry.open())
        #expect(try registry.audit() == [])
      }
      for file in ["index.json"] where isCommitted {
        #expect(try registry.read(file) == after.read(file))
      }
      let expected = try after.files().filter { $0.hasPrefix("attestations/") }
      #expect(try registry.files().filter { $0.hasPrefix("attestations/") } == expected)
    }
  }

  /// The steps that lead from one registry to the other.
  private static func cuts(
    from before: TemporaryRegistry, to after: TemporaryRegistry
  ) throws -> [(TemporaryRegistry) throws -> Void] {
    func take(_ file: String) -> (TemporaryRegistry) throws -> Void {
      { registry in
        let folder = URL(fileURLWithPath: registry.path(file)).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try registry.write(file, after.read(file))
      }
    }
    let old = try Set(before.files())
    let new = try after.files().filter { !old.contains($0) }
    let logged = try before.open().logEntries().count
    let log = try after.read("log/entries.jsonl")
    var steps = new.filter { $0.hasPrefix("blobs/") }.map(take)
    steps.append { registry in
      try registry.write("ledger.sqlite", after.read("ledger.sqlite"))
      try registry.tamper(
        """
        UPDATE artifacts SET is_written = 0 WHERE log_index >= \(logged);
        UPDATE log_entries SET is_appended = 0 WHERE log_index >= \(logged);
        """)
    }
    steps.append { try $0.write("log/entries.jsonl", Array(log.dropLast(40))) }
    steps.append(take("log/entries.jsonl"))
    steps.append(take("log/checkpoint"))
    steps.append {
      try $0.tamper("UPDATE log_entries SET is_appended = 1 WHERE log_index >= \(logged)")
    }
    steps += new.filter { $0.hasPrefix("attestations/") }.map(take)
    steps.append { try $0.tamper("UPDATE artifacts SET is_written = 1") }
    steps.append(take("index.json"))
    return steps
  }

  @Test("a transaction cut in the middle is rolled back, by a reader too")
  func hotJournal() throws {
    let before = try TemporaryRegistry.afterForget()
    let names = try before.open().versionNames()
    let killed: TemporaryRegistry
    do {
      let ledger = try SQLiteConnection.open(before.path("ledger.sqlite"), access: .writing)
      try ledger.script("PRAGMA cache_size = 1; BEGIN IMMEDIATE; DELETE FROM alias_history;")
      for number in 0..<500 {
        try ledger.run("INSERT INTO models VALUES (?1)", [.text("\(number)" + names.joined())])
      }
      // What lies on the disk now is what a kill would leave.
      killed = try before.copy()
      try ledger.script("ROLLBACK")
    }
    #expect(try killed.names(".").contains("ledger.sqlite-journal"))
    #expect(try killed.read("ledger.sqlite") != before.read("ledger.sqlite"))
    #expect(try killed.copy().open(.reading).models() == ["speakers"])
    #expect(try killed.audit() == [])
    #expect(try killed.read("ledger.sqlite") == before.read("ledger.sqlite"))
  }

  @Test("an index that differs in more than the newest version is left for the audit to name")
  func indexNotHidden() throws {
    let registry = try TemporaryRegistry.afterForget()
    try registry.write("index.json", OCIIndex(manifests: []).text)
    let finding = "'index.json' does not list what the ledger has"
    #expect(try registry.audit() == [finding])
    #expect(try registry.audit() == [finding])
  }
}
