import CSQLite
import Records

/// One connection to the ledger, closed when it goes out of scope.
@safe struct SQLiteConnection: ~Copyable {
  let handle: OpaquePointer

  enum Access {
    case reading, writing, making
  }

  /// The longest text or blob that is read out of a ledger, in bytes.
  private static let lengthLimit: Int32 = 1 << 20

  /// Opens a database file and sets what must hold for every connection.
  ///
  /// No journal is read, whoever put it there: SQLite plays back the one that lies beside a database,
  /// and unlinks another file that is named in it. A reader opens the file as one that nobody changes,
  /// and sees afterwards whether that was so; a writer opens it in a folder of its own. The journal of
  /// a writer is in memory: a file whose change is broken off is thrown away.
  ///
  /// A statement may run for so many `steps`: a damaged table can lead in circles.
  static func open(
    _ path: String, access: Access, steps: Int = 1 << 20
  ) throws(RegistryError) -> SQLiteConnection {
    var handle: OpaquePointer?
    let name = access == .reading ? uri(path) : path
    let flags =
      SQLITE_OPEN_NOFOLLOW
      | (access == .reading
        ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE)
      | (access == .making ? SQLITE_OPEN_CREATE : 0)
    let status = unsafe sqlite3_open_v2(name, &handle, flags, nil)
    guard let handle = unsafe handle else { throw .ledger("no memory to open it") }
    let connection = unsafe SQLiteConnection(handle: handle)
    guard status == SQLITE_OK else { throw connection.error(status) }
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.lengthLimit)
    unsafe sqlite3_progress_handler(handle, Int32(clamping: steps), { _ in 1 }, nil)
    try connection.configure(access)
    return connection
  }

  /// A path as SQLite takes it with options: that the file is one that nobody changes.
  private static func uri(_ path: String) -> String {
    let plain = Set("/-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    let escaped = path.utf8.map { byte in
      plain.contains(byte)
        ? String(Unicode.Scalar(byte)) : "%" + Hexadecimal.encode([byte])
    }
    return "file:" + escaped.joined() + "?immutable=1"
  }

  private init(handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe sqlite3_close_v2(handle) }

  private func configure(_ access: Access) throws(RegistryError) {
    unsafe sqlite3_extended_result_codes(handle, 1)
    // Nobody waits for the ledger: a writer that cannot have it leaves it to the next.
    unsafe sqlite3_busy_timeout(handle, 0)
    try set("foreign_keys", "ON")
    try set("trusted_schema", "OFF")
    try set("cell_size_check", "ON")
    try set("mmap_size", "0")
    try set("temp_store", "MEMORY")
    if access == .reading {
      try set("query_only", "ON")
    } else {
      try set("journal_mode", "MEMORY")
      try set("synchronous", access == .making ? "OFF" : "FULL")
      try set("secure_delete", "ON")
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

  /// All of the body or nothing of it.
  func transaction<Result>(
    _ body: () throws(RegistryError) -> Result
  ) throws(RegistryError) -> Result {
    try script("BEGIN EXCLUSIVE")
    do throws(RegistryError) {
      let result = try body()
      try script("COMMIT")
      return result
    } catch {
      // The first error is the one to tell; what a rollback leaves is thrown away.
      try? script("ROLLBACK")
      throw error
    }
  }

  func error(_ status: Int32) -> RegistryError {
    let reason = unsafe String(cString: sqlite3_errmsg(handle))
    return switch status & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_TOOBIG:
      .corrupted(file: RegistryLayout.ledger, reason: reason)
    case SQLITE_INTERRUPT: .corrupted(file: RegistryLayout.ledger, reason: "it leads in circles")
    case SQLITE_BUSY: .busy(RegistryLayout.ledger)
    default: .ledger(reason)
    }
  }
}
