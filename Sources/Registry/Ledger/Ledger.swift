import Records
import TransparencyLog

/// The ledger: an index of the log in SQLite, made from the log alone, for people's own queries.
///
/// It is never on the way of a commit, and no command decides by it.
struct Ledger: ~Copyable {
  private let database: SQLiteConnection

  /// A ledger without rows, in memory or in a new file.
  static func make(at path: String = ":memory:") throws(RegistryError) -> Ledger {
    let database = try SQLiteConnection.open(path, access: .making)
    try database.transaction { () throws(RegistryError) in
      try database.script(LedgerSchema.tables)
      try database.run("INSERT INTO head VALUES ('', 0, '')")
    }
    return Ledger(database: database)
  }

  /// Opens the ledger of a registry; nil for a file that is none of this program's.
  static func open(
    _ path: String, _ access: SQLiteConnection.Access, events: Int
  ) throws(RegistryError) -> Ledger? {
    guard try LedgerSchema.isOurs(head: header(of: path)) else { return nil }
    let database = try SQLiteConnection.open(
      path, access: access, steps: LedgerSchema.steps(events: events))
    let rows = try database.rows(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL OR type <> 'index' ORDER BY name LIMIT 99"
    )
    var texts: [SQLiteValue] = []
    for row in rows { texts += row.values }
    guard texts == LedgerSchema.texts.map(SQLiteValue.text) else { return nil }
    return Ledger(database: database)
  }

  /// The beginning of a file, which says whether SQLite may look at it at all.
  private static func header(of path: String) throws(RegistryError) -> [UInt8] {
    try FileDescriptor(reading: path, as: RegistryLayout.ledger)
      .read(upTo: LedgerSchema.headSize, at: 0)
  }

  private init(database: consuming SQLiteConnection) { self.database = database }

  /// Up to where it has the log.
  func head() throws(RegistryError) -> (registry: String, size: Int, root: String) {
    let rows = try database.rows("SELECT registry, size, root FROM head LIMIT 2")
    guard rows.count == 1, let row = rows.first else {
      throw .corrupted(file: RegistryLayout.ledger, reason: "it does not say how far it is")
    }
    return (try row.text(0), try row.integer(1), try row.text(2))
  }

  /// All of the changes, or none.
  func transaction(_ body: () throws(RegistryError) -> Void) throws(RegistryError) {
    try database.transaction(body)
  }

  func reach(_ registry: String, _ size: Int, _ root: Digest) throws(RegistryError) {
    try database.run(
      "UPDATE head SET registry = ?1, size = ?2, root = ?3",
      [.text(registry), .integer(size), .text(root.hex)])
  }

  /// Takes an event apart.
  func add(_ taken: FoldedLog.Taken, _ state: RegistryState) throws(RegistryError) {
    let event = taken.event
    try database.run(
      "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5)",
      [
        .integer(taken.index), .text(event.map { type(of: $0.fact).kind } ?? "unreadable"),
        .text(event.map { RegistryError.printable($0.fact.entity) } ?? ""),
        .text(event.map { RegistryError.printable($0.time) } ?? ""),
        .init(taken.flaw.map(RegistryError.printable)),
      ])
    guard taken.flaw == nil, let fact = event?.fact else { return }
    try add(fact, at: taken.index, state)
  }

  private func add(
    _ fact: any Fact, at index: Int, _ state: RegistryState
  ) throws(RegistryError) {
    func name(_ version: Digest?) -> SQLiteValue {
      .init(version.flatMap { state.version($0)?.name })
    }
    switch fact {
    case let fact as DatasetAdded:
      try database.run(
        "INSERT INTO datasets VALUES (?1, ?2, ?3, ?4)",
        [
          .text(fact.dataset), .text(fact.root.hex), .integer(fact.recordCount), .integer(index),
        ])
    case let fact as RequestOpened:
      try database.run(
        "INSERT INTO cases VALUES (?1, ?2, NULL, ?3)",
        [.text(fact.number.text), .text(fact.receivedOn.description), .integer(index)])
    case let fact as RequestDecided:
      try database.run(
        "UPDATE cases SET decision = ?2 WHERE number = ?1",
        [.text(fact.number.text), .text(fact.decision.rawValue)])
    case let fact as VersionMade:
      try database.run(
        "INSERT INTO versions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        [
          name(fact.version), .text(fact.version.hex), name(fact.parent), .text(fact.method),
          .text(fact.weights.hex), .text(fact.configuration.hex), .integer(index),
        ])
    case let fact as CertificateIssued:
      try database.run(
        "INSERT INTO certificates VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        [
          .text(fact.envelope.hex), .text(fact.number.text), name(fact.version),
          .text(fact.verdict.rawValue), .text(fact.policy.hex), .integer(index),
        ])
    case let fact as AliasMoved:
      try database.run(
        "INSERT INTO alias_moves VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        [
          .integer(index), .text(fact.model), .text(fact.alias), name(fact.from), name(fact.to),
          .text(fact.cause.rawValue), .integer(fact.undone.isEmpty ? 0 : 1),
        ])
    default: break
    }
  }

  /// Every row as a line of text, sorted: what two ledgers that are equal have in common.
  func dump() throws(RegistryError) -> String {
    var text = ""
    for (table, column) in LedgerSchema.order {
      for row in try database.rows("SELECT * FROM \(table) ORDER BY \(column)") {
        let fields = row.values.map { value in
          switch value {
          case .null: "-"
          case .integer(let value): "\(value)"
          case .text(let text): text
          case .blob(let bytes): Hexadecimal.encode(bytes)
          }
        }
        text += ([table] + fields).joined(separator: "\t") + "\n"
      }
    }
    return text
  }
}
