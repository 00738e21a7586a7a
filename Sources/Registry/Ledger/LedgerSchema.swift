/// The tables of the ledger: the events of the log, taken apart for queries.
///
/// Nothing in it decides anything, and nothing of a person is in it.
enum LedgerSchema {
  /// `imur` in ASCII, so that `file` and SQLite's own tools know whose database it is.
  static let applicationID = 0x696D_7572
  /// Raised with every change of the tables; a ledger of another version is made anew.
  static let version = 10

  static let tables = """
    CREATE TABLE head (
      registry TEXT NOT NULL,
      size     INTEGER NOT NULL,
      root     TEXT NOT NULL
    ) STRICT;

    CREATE TABLE events (
      number INTEGER PRIMARY KEY,
      kind   TEXT NOT NULL,
      entity TEXT NOT NULL,
      time   TEXT NOT NULL,
      void   TEXT
    ) STRICT;
    CREATE INDEX events_of_entity ON events (entity, number);

    CREATE TABLE datasets (
      name    TEXT PRIMARY KEY,
      root    TEXT NOT NULL,
      records INTEGER NOT NULL,
      event   INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE cases (
      number      TEXT PRIMARY KEY,
      received_on TEXT NOT NULL,
      decision    TEXT,
      event       INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE versions (
      name          TEXT PRIMARY KEY,
      digest        TEXT NOT NULL UNIQUE,
      parent        TEXT,
      method        TEXT NOT NULL,
      weights       TEXT NOT NULL,
      configuration TEXT NOT NULL,
      event         INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE certificates (
      envelope TEXT PRIMARY KEY,
      case_number TEXT NOT NULL,
      version  TEXT NOT NULL,
      verdict  TEXT NOT NULL,
      policy   TEXT NOT NULL,
      event    INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE alias_moves (
      event    INTEGER PRIMARY KEY,
      model    TEXT NOT NULL,
      alias    TEXT NOT NULL,
      from_version TEXT,
      to_version TEXT NOT NULL,
      cause    TEXT NOT NULL,
      override INTEGER NOT NULL
    ) STRICT;

    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(version);
    """

  /// The statements that made the tables and indexes, by their names: what a ledger of ours holds of its
  /// own making, and nothing more.
  static let texts = [
    "alias_moves", "cases", "certificates", "datasets", "events", "events_of_entity", "head",
    "versions",
  ].map { name in
    tables.split(separator: ";").map { String($0.drop { $0.isWhitespace }) }
      .first { $0.hasPrefix("CREATE TABLE \(name) ") || $0.hasPrefix("CREATE INDEX \(name) ") }
      ?? ""
  }

  /// How much of a database's beginning says whose it is, in bytes.
  static let headSize = 100

  /// Whether a file begins as a ledger does: an SQLite database without a write-ahead log, with the two
  /// marks of ours (https://www.sqlite.org/fileformat.html, section 1.3).
  static func isOurs(head: [UInt8]) -> Bool {
    func number(at offset: Int) -> Int { head[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    return head.count == headSize && head.starts(with: Array("SQLite format 3\0".utf8))
      && head[18] == 1 && head[19] == 1 && number(at: 60) == version
      && number(at: 68) == applicationID
  }

  /// How many steps SQLite may take for one statement over the rows of so many events.
  static func steps(events: Int) -> Int { (1 << 20) + 256 * events }

  /// Every table with the column its rows are sorted by in a dump.
  static let order = [
    ("head", "registry"), ("events", "number"), ("datasets", "name"), ("cases", "number"),
    ("versions", "name"), ("certificates", "envelope"), ("alias_moves", "event"),
  ]
}
