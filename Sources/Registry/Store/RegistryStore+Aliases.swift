package import Records
import Signing

/// A movable name of a version.
package struct Alias: Hashable, Sendable {
  package let model: String
  package let name: String
  package let version: Digest
}

/// One move of an alias: who, when, from where to where, and why.
package struct AliasMove: Hashable, Sendable, Codable {
  package let model: String
  package let name: String
  package let from: Digest?
  package let to: Digest
  /// RFC 3339, UTC.
  package let movedAt: String
  package let movedBy: String
  package let reason: String?
  /// Whether it was made against the policy.
  package let isOverride: Bool

  package init(
    model: String, name: String, from: Digest?, to: Digest, movedAt: String, movedBy: String,
    reason: String? = nil, isOverride: Bool = false
  ) {
    self.model = model
    self.name = name
    self.from = from
    self.to = to
    self.movedAt = movedAt
    self.movedBy = movedBy
    self.reason = reason
    self.isOverride = isOverride
  }
}

extension RegistryStore {
  /// The aliases of one model, or of all, by model and name.
  package func aliases(of model: String? = nil) throws(RegistryError) -> [Alias] {
    try ledger.rows(
      """
      SELECT model, name, digest FROM aliases WHERE ?1 IS NULL OR model = ?1 ORDER BY model, name
      """, [.init(model)]
    ).map { row throws(RegistryError) in
      Alias(model: try row.text(0), name: try row.text(1), version: try row.digest(2))
    }
  }

  /// The version an alias stands at; nil when there is no such alias.
  package func alias(_ name: String, of model: String) throws(RegistryError) -> Digest? {
    try aliases(of: model).first { $0.name == name }?.version
  }

  /// Moves an alias from where the caller saw it (nil: it did not exist) to a version of its model.
  ///
  /// The log gets an HMAC of the move under a salt that stays in the ledger: who and why can be
  /// proved, not guessed.
  ///
  /// - Throws: `RegistryError.aliasMoved` when it no longer stands there.
  package func moveAlias(_ move: AliasMove) throws(RegistryError) {
    try RegistryName.checkAlias(move.name)
    let target = try version(move.to)
    guard target.lineage.model == move.model else {
      throw .unknown(
        what: "version of '\(move.model)'", name: target.name,
        known: try versions(of: move.model).map(\.name), nearest: nil)
    }
    let salt = try Self.newSalt()
    try change { () throws(RegistryError) in
      guard try swap(move) else { throw try moved(move) }
      let code = HMACSHA256.code(key: salt, message: CanonicalText.encode(move))
      let index = try enterLog("alias", code, at: move.movedAt)
      try ledger.run(
        "INSERT INTO alias_history VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        [
          .text(move.model), .text(move.name), .init(move.from), .init(move.to),
          .text(move.movedAt), .text(move.movedBy), .init(move.reason),
          .integer(move.isOverride ? 1 : 0), .blob(salt), .integer(index),
        ])
    }
  }

  /// One changed row is success.
  private func swap(_ move: AliasMove) throws(RegistryError) -> Bool {
    let key: [SQLiteValue] = [.text(move.model), .text(move.name), .init(move.to)]
    let changed =
      if let from = move.from {
        try ledger.run(
          "UPDATE aliases SET digest = ?3 WHERE model = ?1 AND name = ?2 AND digest = ?4",
          key + [.init(from)])
      } else {
        try ledger.run("INSERT INTO aliases VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", key)
      }
    return changed == 1
  }

  private func moved(_ move: AliasMove) throws(RegistryError) -> RegistryError {
    let found = try alias(move.name, of: move.model)
    return .aliasMoved(
      alias: move.name, expected: try name(of: move.from), found: try name(of: found))
  }

  private func name(of version: Digest?) throws(RegistryError) -> String {
    if let version { try self.version(version).name } else { "no version" }
  }

  /// Every move of an alias of a model, or of all its aliases, oldest first.
  package func aliasHistory(
    of model: String, alias: String? = nil
  ) throws(RegistryError) -> [AliasMove] {
    try ledger.rows(
      """
      SELECT \(Self.moveColumns) FROM alias_history
      WHERE model = ?1 AND (?2 IS NULL OR name = ?2) ORDER BY id
      """, [.text(model), .init(alias)]
    ).map { row throws(RegistryError) in try Self.move(row) }
  }

  static let moveColumns =
    "model, name, from_digest, to_digest, moved_at, moved_by, reason, is_override"

  static func move(_ row: SQLiteRow) throws(RegistryError) -> AliasMove {
    AliasMove(
      model: try row.text(0), name: try row.text(1), from: try row.optionalDigest(2),
      to: try row.digest(3), movedAt: try row.text(4), movedBy: try row.text(5),
      reason: try row.optionalText(6), isOverride: try row.integer(7) == 1)
  }

  static func newSalt() throws(RegistryError) -> [UInt8] {
    do throws(SigningError) {
      return try RandomBytes.make(32)
    } catch {
      throw .system(operation: "draw", path: "a salt", reason: "\(error)")
    }
  }
}
