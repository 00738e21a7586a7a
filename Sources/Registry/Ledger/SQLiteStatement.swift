import CSQLite

/// A prepared statement, finalised when it goes out of scope; values are bound, never pasted in.
@safe struct SQLiteStatement: ~Copyable {
  private let handle: OpaquePointer

  init(_ sql: String, on connection: borrowing SQLiteConnection) throws(RegistryError) {
    var handle: OpaquePointer?
    let status = unsafe sqlite3_prepare_v2(connection.handle, sql, -1, &handle, nil)
    guard status == SQLITE_OK, let handle = unsafe handle else {
      throw connection.error(status)
    }
    unsafe self.handle = handle
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Binds the values to `?1`, `?2` and so on; there must be one for each.
  func bind(_ values: [SQLiteValue]) {
    precondition(
      unsafe Int(sqlite3_bind_parameter_count(handle)) == values.count,
      "a statement with \(values.count) values")
    // SQLITE_TRANSIENT: SQLite copies the bytes.
    let copy = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in values.enumerated() {
      let position = Int32(index + 1)
      let status =
        switch value {
        case .null: unsafe sqlite3_bind_null(handle, position)
        case .integer(let value): unsafe sqlite3_bind_int64(handle, position, Int64(value))
        case .text(let text):
          unsafe sqlite3_bind_text64(
            handle, position, text, UInt64(text.utf8.count), copy, UInt8(SQLITE_UTF8))
        case .blob(let bytes):
          unsafe sqlite3_bind_blob64(handle, position, bytes, UInt64(bytes.count), copy)
        }
      precondition(status == SQLITE_OK, "a value that can be bound")
    }
  }

  /// Runs on to the next row.
  ///
  /// - Returns: nil when there is none.
  func next(on connection: borrowing SQLiteConnection) throws(RegistryError) -> SQLiteRow? {
    let status = unsafe sqlite3_step(handle)
    switch status {
    case SQLITE_DONE: return nil
    case SQLITE_ROW:
      let count = unsafe sqlite3_column_count(handle)
      return SQLiteRow(values: (0..<count).map { column($0) })
    default: throw connection.error(status)
    }
  }

  private func column(_ index: Int32) -> SQLiteValue {
    switch unsafe sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(Int(unsafe sqlite3_column_int64(handle, index)))
    case SQLITE_NULL: return .null
    case SQLITE_BLOB: return .blob(unsafe bytes(sqlite3_column_blob(handle, index), index))
    default:
      let text = unsafe UnsafeRawPointer(sqlite3_column_text(handle, index))
      return .text(String(decoding: unsafe bytes(text, index), as: UTF8.self))
    }
  }

  private func bytes(_ start: UnsafeRawPointer?, _ index: Int32) -> [UInt8] {
    let count = Int(unsafe sqlite3_column_bytes(handle, index))
    return unsafe Array(
      UnsafeRawBufferPointer(start: start, count: unsafe start == nil ? 0 : count))
  }
}
