import Records
import Signing

extension RegistryAudit {
  /// The index against the ledger.
  mutating func checkIndex() throws(RegistryError) {
    let file = RegistryLayout.index
    guard try digest(of: file) != nil else { return }
    let present = try DurableFiles.read(store.layout.path(file))
    if try present != store.expectedIndex() { find(file, "does not list what the ledger has") }
  }

  /// Every version's manifest and lineage, and that its weights and configuration are there.
  mutating func checkVersions() throws(RegistryError) {
    let rows = try store.ledger.rows(
      "SELECT \(RegistryStore.versionColumns) FROM versions ORDER BY model, number")
    for row in rows {
      try attempt { audit throws(RegistryError) in
        let entry = try audit.store.entry(row)
        _ = try audit.store.blobs.size(of: entry.weights)
        _ = try audit.store.blobs.size(of: entry.configuration)
      }
    }
    for dataset in try store.datasets() {
      try attempt { audit throws(RegistryError) in
        let manifest = try audit.store.manifest(dataset.manifest)
        if manifest.dataset != dataset.name {
          audit.find(RegistryLayout.ledger, "names data set '\(dataset.name)' otherwise")
        }
      }
    }
  }

  /// Aliases, requests and certificates against one another and against the log.
  mutating func checkRows() throws(RegistryError) {
    try checkAliases()
    for request in try store.requests() { try check(request) }
    for certificate in try store.certificates() {
      try attempt { audit throws(RegistryError) in
        _ = try audit.store.blobs.size(of: certificate.envelope)
      }
    }
    try checkLoggedRows()
    try checkLoggedCodes()
    try checkSalts()
    try checkNothingIsGone()
  }

  /// A request against what was committed to and against its history.
  private mutating func check(_ request: DeletionRequest) throws(RegistryError) {
    let file = RegistryLayout.ledger
    let rows = try store.ledger.rows(
      "SELECT salt FROM request_salts WHERE request = ?1", [.text(request.id)])
    if let salt = try rows.first?.blob(0) {
      let commitment = RegistryStore.commitment(
        to: request.selector, of: request.id, receivedOn: request.receivedOn, salt: salt)
      if commitment != request.commitment {
        find(file, "has another selector or date for request '\(request.id)' than it had")
      }
    }
    let history = try store.requestHistory(request.id)
    if history.last?.to ?? .received != request.state {
      find(file, "has another state for request '\(request.id)' than its history")
    }
    let decision = history.last { $0.to == .approved || $0.to == .refused }
    if (decision?.changedBy, decision?.changedAt) != (request.decidedBy, request.decidedAt) {
      find(file, "tells of the decision on request '\(request.id)' otherwise than its history")
    }
  }

  private mutating func checkAliases() throws(RegistryError) {
    let aliases = try store.aliases()
    for alias in aliases {
      let last = try store.aliasHistory(of: alias.model, alias: alias.name).last?.to
      if last != alias.version {
        find(RegistryLayout.ledger, "has alias '\(alias.name)' elsewhere than its history ends")
      }
    }
    for row in try store.ledger.rows(
      "SELECT DISTINCT model, name FROM alias_history ORDER BY model, name")
    {
      let (model, name) = (try row.text(0), try row.text(1))
      let isThere = aliases.contains { $0.model == model && $0.name == name }
      if isThere { continue }
      find(RegistryLayout.ledger, "lacks alias '\(name)', which its history tells of")
    }
  }

  /// That no salt is gone but those whose erasure was logged: without it a row cannot be held
  /// against the log.
  private mutating func checkSalts() throws(RegistryError) {
    let erased = try store.loggedByLedger()
      .filter { $0.kind == "request-salt-erased" }.map(\.digest)
    for row in try store.ledger.rows(
      """
      SELECT id, commitment FROM requests WHERE NOT EXISTS
        (SELECT * FROM request_salts WHERE request = requests.id)
        OR EXISTS (SELECT * FROM request_history WHERE request = requests.id AND salt IS NULL)
        OR EXISTS (SELECT * FROM certificates WHERE request = requests.id AND salt IS NULL)
      ORDER BY id
      """)
    {
      let isErased = erased.contains(try row.digest(1))
      if !isErased {
        find(
          RegistryLayout.ledger,
          "lacks a salt of request '\(try row.text(0))' whose erasure was not logged")
      }
    }
    if try store.ledger.integer("SELECT count(*) FROM alias_history WHERE salt IS NULL") > 0 {
      find(RegistryLayout.ledger, "lacks the salt of an alias's move, which is never erased")
    }
  }

  /// Every row that has its place in the log against what the ledger entered there.
  private mutating func checkLoggedRows() throws(RegistryError) {
    let tables = [
      ("version", "versions", "digest"), ("dataset", "datasets", "manifest"),
      ("request", "requests", "commitment"), ("certificate", "certificates", "envelope"),
      ("attestation", "artifacts WHERE kind = 'attestation'", "digest"),
      ("report", "artifacts WHERE kind = 'report'", "digest"),
    ]
    let logged = try store.loggedByLedger()
    for (kind, table, column) in tables {
      for row in try store.ledger.rows("SELECT \(column), log_index FROM \(table) ORDER BY 2") {
        let index = try row.integer(1)
        guard logged.indices.contains(index), logged[index].kind == kind,
          logged[index].digest == (try row.digest(0))
        else {
          find(RegistryLayout.ledger, "has a \(kind) that line \(index + 1) of the log is not of")
          continue
        }
      }
    }
  }

  /// That for every line of the log its row is still there.
  private mutating func checkNothingIsGone() throws(RegistryError) {
    // Rows of reports are replaced by newer ones, so more of them may be logged than there are.
    let tables = [
      ("version", "versions"), ("dataset", "datasets"), ("request", "requests"),
      ("request-state", "request_history"), ("alias", "alias_history"),
      ("certificate", "certificates"), ("coverage", "certificates"),
      ("attestation", "artifacts WHERE kind = 'attestation'"),
    ]
    let logged = try store.loggedByLedger()
    for (kind, table) in tables {
      let rows = try store.ledger.integer("SELECT count(*) FROM \(table)")
      let lines = logged.count { $0.kind == kind }
      if rows != lines {
        find(RegistryLayout.ledger, "has \(rows) rows for \(lines) lines '\(kind)' of the log")
      }
    }
  }

  /// Every move and change against the HMAC of it that was logged, where its salt was kept.
  private mutating func checkLoggedCodes() throws(RegistryError) {
    let logged = try store.loggedByLedger()
    for row in try store.ledger.rows(
      "SELECT \(RegistryStore.moveColumns), salt, log_index FROM alias_history ORDER BY id")
    {
      let text = CanonicalText.encode(try RegistryStore.move(row))
      try checkCode(of: text, salt: row[8], "alias", logged, at: try row.integer(9))
    }
    for row in try store.ledger.rows(
      "SELECT \(RegistryStore.changeColumns), salt, log_index FROM request_history ORDER BY id")
    {
      let text = CanonicalText.encode(try RegistryStore.requestChange(row))
      try checkCode(of: text, salt: row[6], "request-state", logged, at: try row.integer(7))
    }
    for row in try store.ledger.rows(
      """
      SELECT \(RegistryStore.certificateColumns), salt, coverage_index FROM certificates
      ORDER BY log_index
      """)
    {
      let text = try RegistryStore.certificate(row).text
      try checkCode(of: text, salt: row[7], "coverage", logged, at: try row.integer(8))
    }
  }

  private mutating func checkCode(
    of text: [UInt8], salt: SQLiteValue, _ kind: String,
    _ logged: [(kind: String, digest: Digest, recordedAt: String)], at index: Int
  ) throws(RegistryError) {
    guard case .blob(let salt) = salt else { return }
    guard logged.indices.contains(index), logged[index].kind == kind,
      logged[index].digest == HMACSHA256.code(key: salt, message: text)
    else {
      find(RegistryLayout.ledger, "tells of line \(index + 1) of the log otherwise than it was")
      return
    }
  }

  /// The chain and the checkpoint, read anew, against what the ledger entered.
  mutating func checkLog() throws(RegistryError) {
    let entries = try store.logEntries()
    let entered = try store.loggedByLedger()
    for (entry, content) in zip(entries, entered)
    where (entry.kind, entry.digest, entry.recordedAt) != content {
      find(RegistryLayout.logEntries, "differs from the ledger in line \(entry.index + 1)")
    }
    if entries.count != entered.count {
      find(
        RegistryLayout.logEntries,
        "has \(entries.count) lines where the ledger has \(entered.count)")
    }
  }

  /// The public key against the log's first line, which names it.
  mutating func checkKey() throws(RegistryError) {
    let file = RegistryLayout.publicKey
    let key = try store.verificationKey()
    if try DurableFiles.read(store.layout.path(file)) != Array(key.pem.utf8) {
      find(file, "is not as it was written")
    }
    if try store.logEntries().first?.digest != SHA256.digest(of: key.der) {
      find(file, "is not the key that the log begins with")
    }
  }

  /// SQLite's own checks.
  mutating func checkLedger() throws(RegistryError) {
    let file = RegistryLayout.ledger
    // A trigger or a view would change what the next command does or reads.
    for row in try store.ledger.rows(
      "SELECT type, name FROM sqlite_schema WHERE type NOT IN ('table', 'index') ORDER BY name")
    {
      find(file, "has a \(try row.text(0)) '\(try row.text(1))', which no ledger has")
    }
    for row in try store.ledger.rows("PRAGMA integrity_check") {
      let text = try row.text(0)
      if text != "ok" { find(file, "does not verify: \(text)") }
    }
    for row in try store.ledger.rows("PRAGMA foreign_key_check") {
      find(file, "has a row of \(try row.text(0)) that refers to nothing")
    }
  }
}
