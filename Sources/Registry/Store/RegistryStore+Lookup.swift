import Records

extension RegistryStore {
  /// The version a person means by `v3`, `speakers@v3`, an alias, `speakers@production`, or the
  /// first eight or more digits of a digest.
  ///
  /// - Throws: `RegistryError.unknown` with every name there is, `.ambiguous` when several fit.
  package func version(named name: String) throws(RegistryError) -> VersionEntry {
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let (model, rest) =
      parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, name)
    if let model, try !models().contains(model) {
      let known = try models()
      throw .unknown(
        what: "model", name: model, known: known, nearest: Spelling.nearest(to: model, among: known)
      )
    }
    let found = try digests(model: model, rest)
    guard let digest = found.first else {
      let known = try versionNames() + aliases().map(\.name)
      let candidates = known + (try versions(of: model).map(\.lineage.name))
      throw .unknown(
        what: "version", name: name, known: known,
        nearest: Spelling.nearest(to: name, among: candidates))
    }
    guard found.count == 1 else {
      throw .ambiguous(
        name: name,
        candidates: try found.map { digest throws(RegistryError) in try version(digest).name })
    }
    return try version(digest)
  }

  /// Every version by its full name, by model and number.
  package func versionNames() throws(RegistryError) -> [String] {
    try ledger.rows("SELECT model, number FROM versions ORDER BY model, number")
      .map { row throws(RegistryError) in "\(try row.text(0))@v\(try row.integer(1))" }
  }

  private func digests(model: String?, _ name: String) throws(RegistryError) -> [Digest] {
    let rows: [SQLiteRow]
    if let number = RegistryName.versionNumber(name) {
      rows = try ledger.rows(
        """
        SELECT digest FROM versions WHERE number = ?1 AND (?2 IS NULL OR model = ?2)
        ORDER BY model
        """, [.integer(number), .init(model)])
    } else if let prefix = RegistryName.digestPrefix(name) {
      rows = try ledger.rows(
        """
        SELECT digest FROM versions
        WHERE substr(digest, 8, length(?1)) = ?1 AND (?2 IS NULL OR model = ?2) ORDER BY digest
        """, [.text(prefix), .init(model)])
    } else {
      rows = try ledger.rows(
        """
        SELECT digest FROM aliases WHERE name = ?1 AND (?2 IS NULL OR model = ?2)
        ORDER BY model
        """, [.text(name), .init(model)])
    }
    return try rows.map { row throws(RegistryError) in try row.digest(0) }
  }
}
