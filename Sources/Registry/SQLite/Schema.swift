/// The tables of the ledger.
enum Schema {
  /// `imur` in ASCII, so that `file` and SQLite's own tools know whose database it is.
  static let applicationID = 0x696D_7572
  /// Raised with every change of the tables.
  static let version = 2

  static let tables = firstTables + derivedTable

  /// What version 1 lacked: files below `derived/`, made from people's records and erasable.
  static let derivedTable = """

    CREATE TABLE derived_data (
      digest   TEXT PRIMARY KEY,
      key      TEXT NOT NULL,
      manifest TEXT NOT NULL,
      records  TEXT NOT NULL,
      kept_at  TEXT NOT NULL
    ) STRICT;
    """

  private static let firstTables = """
    CREATE TABLE models (
      name TEXT PRIMARY KEY
    ) STRICT;

    CREATE TABLE datasets (
      name        TEXT PRIMARY KEY,
      manifest    TEXT NOT NULL UNIQUE,
      merkle_root TEXT NOT NULL,
      added_at    TEXT NOT NULL,
      log_index   INTEGER NOT NULL REFERENCES log_entries (log_index)
    ) STRICT;

    CREATE TABLE requests (
      id          TEXT PRIMARY KEY,
      selector    TEXT NOT NULL,
      received_on TEXT NOT NULL,
      state       TEXT NOT NULL
        CHECK (state IN ('received', 'approved', 'mitigated', 'closed', 'refused')),
      decided_by  TEXT,
      decided_at  TEXT,
      commitment  TEXT NOT NULL,
      log_index   INTEGER NOT NULL REFERENCES log_entries (log_index)
    ) STRICT;

    -- Apart, so that it can be erased: without it a commitment cannot be linked to a person.
    CREATE TABLE request_salts (
      request TEXT PRIMARY KEY REFERENCES requests (id),
      salt    BLOB NOT NULL
    ) STRICT;

    CREATE TABLE request_history (
      id         INTEGER PRIMARY KEY,
      request    TEXT NOT NULL REFERENCES requests (id),
      from_state TEXT NOT NULL,
      to_state   TEXT NOT NULL,
      changed_at TEXT NOT NULL,
      changed_by TEXT NOT NULL,
      reason     TEXT,
      salt       BLOB,
      log_index  INTEGER NOT NULL REFERENCES log_entries (log_index)
    ) STRICT;

    CREATE TABLE versions (
      digest        TEXT PRIMARY KEY,
      model         TEXT NOT NULL REFERENCES models (name),
      number        INTEGER NOT NULL CHECK (number > 0),
      created_at    TEXT NOT NULL,
      parent        TEXT REFERENCES versions (digest),
      origin        TEXT NOT NULL CHECK (origin IN ('scratch', 'parent', 'imported')),
      lineage       TEXT NOT NULL,
      weights       TEXT NOT NULL,
      configuration TEXT NOT NULL,
      manifest_size INTEGER NOT NULL,
      request       TEXT REFERENCES requests (id),
      log_index     INTEGER NOT NULL REFERENCES log_entries (log_index),
      UNIQUE (model, number)
    ) STRICT;

    CREATE TABLE aliases (
      model  TEXT NOT NULL REFERENCES models (name),
      name   TEXT NOT NULL,
      digest TEXT NOT NULL REFERENCES versions (digest),
      PRIMARY KEY (model, name)
    ) STRICT;

    CREATE TABLE alias_history (
      id          INTEGER PRIMARY KEY,
      model       TEXT NOT NULL REFERENCES models (name),
      name        TEXT NOT NULL,
      from_digest TEXT REFERENCES versions (digest),
      to_digest   TEXT NOT NULL REFERENCES versions (digest),
      moved_at    TEXT NOT NULL,
      moved_by    TEXT NOT NULL,
      reason      TEXT,
      is_override INTEGER NOT NULL CHECK (is_override IN (0, 1)),
      salt        BLOB,
      log_index   INTEGER NOT NULL REFERENCES log_entries (log_index)
    ) STRICT;

    CREATE TABLE certificates (
      envelope  TEXT PRIMARY KEY,
      version   TEXT NOT NULL REFERENCES versions (digest),
      request   TEXT NOT NULL REFERENCES requests (id),
      verdict   TEXT NOT NULL CHECK (verdict IN ('FAIL', 'WARN', 'PASS')),
      covered   TEXT NOT NULL,
      issued_at TEXT NOT NULL,
      log_index INTEGER NOT NULL REFERENCES log_entries (log_index),
      -- The log's HMAC of this row, which also says what is not in the envelope: the records.
      salt           BLOB,
      coverage_index INTEGER NOT NULL REFERENCES log_entries (log_index)
    ) STRICT;

    -- A forget whose version is committed and whose certificate is not yet signed.
    CREATE TABLE runs (
      version    TEXT PRIMARY KEY REFERENCES versions (digest),
      request    TEXT NOT NULL REFERENCES requests (id),
      draft      TEXT NOT NULL,
      started_at TEXT NOT NULL
    ) STRICT;

    -- Files beside the store: attestations (their bytes are also a blob) and reports outside.
    CREATE TABLE artifacts (
      path        TEXT PRIMARY KEY,
      version     TEXT NOT NULL REFERENCES versions (digest),
      kind        TEXT NOT NULL CHECK (kind IN ('attestation', 'report')),
      digest      TEXT NOT NULL,
      is_written  INTEGER NOT NULL CHECK (is_written IN (0, 1)),
      recorded_at TEXT NOT NULL,
      log_index   INTEGER NOT NULL REFERENCES log_entries (log_index)
    ) STRICT;

    -- What the log says, entered with the row it tells of and appended to the log right after.
    CREATE TABLE log_entries (
      log_index   INTEGER PRIMARY KEY,
      kind        TEXT NOT NULL,
      digest      TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      is_appended INTEGER NOT NULL CHECK (is_appended IN (0, 1))
    ) STRICT;
    """
}
