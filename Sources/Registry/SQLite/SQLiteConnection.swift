import CSQLite

/// One connection to the ledger, closed when it goes out of scope.
@safe struct SQLiteConnection: ~Copyable {
  let handle: OpaquePointer

  /// Opens a database file and sets what must hold for every connection.
  ///
  /// The rollback journal, not WAL: SQLite before 3.51.3 can corrupt a WAL database that two
  /// connections reset, and EXTRA also syncs the folder after the journal is unlinked.
  static func open(
    _ path: String, access: RegistryAccess
  ) throws(RegistryError) -> SQLiteConnection {
    var handle: OpaquePointer?
    // A reader opens for writing too where it can, so that it may roll back a dead writer's journal.
    var flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW
    if access == .writing { flags |= SQLITE_OPEN_CREATE }
    let status = unsafe sqlite3_open_v2(path, &handle, flags, nil)
    guard let handle = unsafe handle else { throw .ledger("no memory to open it") }
    let connection = unsafe SQLiteConnection(handle: handle)
    guard status == SQLITE_OK else { throw connection.error(status) }
    try connection.configure(access)
    return connection
  }

  private init(handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe sqlite3_close_v2(handle) }

  private func configure(_ access: RegistryAccess) throws(RegistryError) {
    unsafe sqlite3_extended_result_codes(handle, 1)
    unsafe sqlite3_busy_timeout(handle, 5_000)
    try set("foreign_keys", "ON")
    try set("trusted_schema", "OFF")
    try set("mmap_size", "0")
    try set("synchronous", "EXTRA")
    if access == .writing {
      try set("journal_mode", "DELETE")
      try set("secure_delete", "ON")
    } else {
      try set("query_only", "ON")
    }
  }

  private func set(_ pragma: String, _ value: String) throws(RegistryError) {
    _ = try rows("PRAGMA \(pragma) = \(value)")
  }

  /// The whole number a pragma or a count gives.
  func integer(_ sql: String, _ values: [SQLiteValue] = []) throws(RegistryError) -> Int {
    guard let row = try rows(sql, values).first else { throw .ledgerValue(0) }
    return try row.integer(0)
  }

  /// Runs one statement and gathers its rows.
  func rows(_ sql: String, _ values: [SQLiteValue] = []) throws(RegistryError) -> [SQLiteRow] {
    let statement = try SQLiteStatement(sql, on: self)
    statement.bind(values)
    var rows: [SQLiteRow] = []
    while let row = try statement.next(on: self) { rows.append(row) }
    return rows
  }

  /// Runs one statement and says how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ values: [SQLiteValue] = []) throws(RegistryError) -> Int {
    _ = try rows(sql, values)
    return Int(unsafe sqlite3_changes64(handle))
  }

  /// Runs statements without values, one after another.
  func script(_ sql: String) throws(RegistryError) {
    let status = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard status == SQLITE_OK else { throw error(status) }
  }

  /// All of the body or nothing of it, durably.
  func transaction<Result>(
    _ body: () throws(RegistryError) -> Result
  ) throws(RegistryError) -> Result {
    try script("BEGIN IMMEDIATE")
    do throws(RegistryError) {
      let result = try body()
      try script("COMMIT")
      return result
    } catch {
      // The first error is the one to tell; a rollback that fails leaves a journal to roll back.
      try? script("ROLLBACK")
      throw error
    }
  }

  func error(_ status: Int32) -> RegistryError {
    let reason = unsafe String(cString: sqlite3_errmsg(handle))
    return switch status & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupted(file: RegistryLayout.ledger, reason: reason)
    default: .ledger(reason)
    }
  }
}
