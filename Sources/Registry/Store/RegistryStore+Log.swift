package import Records
import Signing

extension RegistryStore {
  /// Appends a kind, such as `policy`, and a digest to the log, and returns the entry's index.
  ///
  /// - Precondition: the kind is lower-case letters and `-`, and none that rows of the ledger have.
  @discardableResult
  package func record(
    _ kind: String, _ digest: Digest, at time: String
  ) throws(RegistryError) -> Int {
    precondition(
      !kind.isEmpty && kind.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
        && !Self.kindsOfRows.contains(kind), "a kind of log entry for callers: '\(kind)'")
    return try change { () throws(RegistryError) in try enterLog(kind, digest, at: time) }
  }

  /// The kinds of line that stand for a row of the ledger.
  static let kindsOfRows: Set<String> = [
    "registry", "dataset", "version", "alias", "request", "request-state", "request-salt-erased",
    "certificate", "coverage", "attestation", "report", "derived-erased",
  ]

  /// Every entry, the chain and the checkpoint's signature verified from the files.
  package func logEntries() throws(RegistryError) -> [LogEntry] {
    try AppendOnlyLog(reading: layout, key: verificationKey()).entries
  }

  /// Enters in the ledger, within a transaction, what the log must say.
  func enterLog(
    _ kind: String, _ digest: Digest, at time: String
  ) throws(RegistryError) -> Int {
    let index = try ledger.integer("SELECT count(*) FROM log_entries")
    try ledger.run(
      "INSERT INTO log_entries VALUES (?1, ?2, ?3, ?4, 0)",
      [.integer(index), .text(kind), .text(digest.description), .text(time)])
    return index
  }

  /// Appends to the log what the ledger has entered and the log does not have yet.
  func settleLog() throws(RegistryError) {
    let appended = try ledger.integer("SELECT count(*) FROM log_entries WHERE is_appended = 1")
    guard appended <= log.entries.count else {
      throw .corrupted(
        file: RegistryLayout.logCheckpoint,
        reason: "it vouches for \(log.entries.count) lines and \(appended) were appended")
    }
    let entered = try ledger.integer("SELECT count(*) FROM log_entries")
    guard log.entries.count <= entered else {
      throw .corrupted(
        file: RegistryLayout.logEntries, reason: "the ledger does not know its last lines")
    }
    let missing = try loggedByLedger(from: log.entries.count)
    if missing.isEmpty {
      try log.checkTail(isBeginningOf: [])
    } else {
      try log.append(missing, key: try signingKey())
    }
    if appended < entered {
      try ledger.run("UPDATE log_entries SET is_appended = 1 WHERE is_appended = 0")
    }
  }

  /// What the ledger says the log holds, in order.
  func loggedByLedger(from start: Int = 0) throws(RegistryError) -> [(
    kind: String, digest: Digest, recordedAt: String
  )] {
    let rows = try ledger.rows(
      """
      SELECT kind, digest, recorded_at FROM log_entries WHERE log_index >= ?1 ORDER BY log_index
      """, [.integer(start)])
    var contents: [(kind: String, digest: Digest, recordedAt: String)] = []
    for row in rows {
      contents.append((try row.text(0), try row.digest(1), try row.text(2)))
    }
    return contents
  }
}

extension SQLiteRow {
  /// A digest in its text form `sha256:<hex>`.
  func digest(_ column: Int) throws(RegistryError) -> Digest {
    let text = try text(column)
    guard text.hasPrefix("sha256:"), let digest = Digest(hex: text.dropFirst(7)) else {
      throw .ledgerValue(column)
    }
    return digest
  }

  func optionalDigest(_ column: Int) throws(RegistryError) -> Digest? {
    values[column] == .null ? nil : try digest(column)
  }

  /// A value of an enumeration that is kept by its raw text.
  func choice<Choice: RawRepresentable<String>>(
    _ column: Int, of type: Choice.Type
  ) throws(RegistryError) -> Choice {
    guard let choice = Choice(rawValue: try text(column)) else { throw .ledgerValue(column) }
    return choice
  }
}

extension SQLiteValue {
  init(_ digest: Digest) { self = .text(digest.description) }
  init(_ digest: Digest?) { self = digest.map { .text($0.description) } ?? .null }
}
