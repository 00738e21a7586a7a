/// What a column of the ledger holds.
enum SQLiteValue: Hashable, Sendable {
  case null
  case integer(Int)
  case text(String)
  case blob([UInt8])

  init(_ text: String?) { self = text.map(Self.text) ?? .null }
}

/// A row of a result, its columns by position.
struct SQLiteRow: Hashable, Sendable {
  let values: [SQLiteValue]

  subscript(column: Int) -> SQLiteValue { values[column] }

  /// A text column that the schema declares NOT NULL.
  func text(_ column: Int) throws(RegistryError) -> String {
    guard case .text(let text) = values[column] else { throw .ledgerValue(column) }
    return text
  }

  func optionalText(_ column: Int) throws(RegistryError) -> String? {
    values[column] == .null ? nil : try text(column)
  }

  func integer(_ column: Int) throws(RegistryError) -> Int {
    guard case .integer(let value) = values[column] else { throw .ledgerValue(column) }
    return value
  }

  func optionalInteger(_ column: Int) throws(RegistryError) -> Int? {
    values[column] == .null ? nil : try integer(column)
  }

  func blob(_ column: Int) throws(RegistryError) -> [UInt8] {
    guard case .blob(let bytes) = values[column] else { throw .ledgerValue(column) }
    return bytes
  }
}

extension RegistryError {
  static func ledgerValue(_ column: Int) -> RegistryError {
    .corrupted(file: RegistryLayout.ledger, reason: "column \(column) of a row has another type")
  }
}
