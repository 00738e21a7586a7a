package import Records
import Signing

extension RegistryStore {
  /// Keeps derived data under its SHA-256, for its keeper's eyes only.
  ///
  /// The caller sees to it that nobody who was forgotten is in it; `audit` holds it against that.
  @discardableResult
  package func keep(_ draft: DerivedDraft, at time: String) throws(RegistryError) -> DerivedData {
    let entry = try publish(draft, at: time)
    try change { () throws(RegistryError) in try enter(entry) }
    return entry
  }

  /// Puts data made from fewer records in the place of an entry, or nothing; the log gets the digest
  /// of what was erased.
  ///
  /// The old file is unlinked, not overwritten: what its blocks held is the disk's to forget.
  package func erase(
    _ entry: DerivedData, leaving draft: DerivedDraft?, at time: String
  ) throws(RegistryError) {
    let rest: DerivedData? = if let draft { try publish(draft, at: time) } else { nil }
    try change { () throws(RegistryError) in
      try ledger.run("DELETE FROM derived_data WHERE digest = ?1", [.init(entry.digest)])
      if let rest { try enter(rest) }
      _ = try enterLog(Self.derivedErased, entry.digest, at: time)
    }
    try removeUnknownDerivedFiles()
  }

  /// Forgets derived data that nobody's request forbids: it may be made again, to the same bytes, so
  /// the log says nothing of it.
  package func discard(_ entries: [DerivedData]) throws(RegistryError) {
    try change { () throws(RegistryError) -> Void in
      for entry in entries {
        try ledger.run("DELETE FROM derived_data WHERE digest = ?1", [.init(entry.digest)])
      }
    }
    try removeUnknownDerivedFiles()
  }

  /// The kind of the log's line that tells of derived data erased.
  static let derivedErased = "derived-erased"

  /// All derived data, or that of a key, by manifest and the order it was kept in.
  package func derivedData(key: Digest? = nil) throws(RegistryError) -> [DerivedData] {
    // A reader of a registry that an earlier program made finds no table.
    guard
      try ledger.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'derived_data'") > 0
    else { return [] }
    return try ledger.rows(
      """
      SELECT digest, key, manifest, records, kept_at FROM derived_data
      WHERE ?1 IS NULL OR key = ?1 ORDER BY manifest, rowid
      """, [.init(key)]
    ).map { row throws(RegistryError) in
      guard let records = RecordSelection(text: try row.text(3)) else { throw .ledgerValue(3) }
      return DerivedData(
        digest: try row.digest(0), key: try row.digest(1), manifest: try row.digest(2),
        records: records, keptAt: try row.text(4))
    }
  }

  /// Opens derived data and verifies its digest.
  package func open(_ entry: DerivedData) throws(RegistryError) -> DerivedFile {
    try DerivedFile(entry, at: layout.path(RegistryLayout.derived(entry.digest)))
  }

  /// Removes files that a crash left without a row, or whose row is gone.
  func removeUnknownDerivedFiles() throws(RegistryError) {
    let folder = layout.path(RegistryLayout.derived)
    try DurableFiles.makeFolder(folder, mode: 0o700)
    let known = Set(try derivedData().map(\.digest.hex))
    let unknown = try DurableFiles.names(in: folder).filter { !known.contains($0) }
    for name in unknown { try DurableFiles.remove("\(folder)/\(name)") }
    if !unknown.isEmpty { try DurableFiles.syncFolder(folder) }
  }

  private func publish(_ draft: DerivedDraft, at time: String) throws(RegistryError) -> DerivedData
  {
    precondition(!draft.records.isEmpty, "derived data of nobody")
    var staged = try blobs.stage()
    try staged.write(draft.bytes)
    let digest = try staged.finish(mode: 0o400)
    _ = try DurableFiles.publish(staged, as: layout.path(RegistryLayout.derived(digest)))
    return DerivedData(
      digest: digest, key: draft.key, manifest: draft.manifest, records: draft.records,
      keptAt: time)
  }

  /// Writes the row, within a transaction.
  private func enter(_ entry: DerivedData) throws(RegistryError) {
    try ledger.run(
      "INSERT OR REPLACE INTO derived_data VALUES (?1, ?2, ?3, ?4, ?5)",
      [
        .init(entry.digest), .init(entry.key), .init(entry.manifest), .text(entry.records.text),
        .text(entry.keptAt),
      ])
  }
}
