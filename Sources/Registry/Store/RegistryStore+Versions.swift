package import Records

extension RegistryStore {
  /// The number the next version of a model gets; 1 for a model that is new.
  package func nextNumber(of model: String) throws(RegistryError) -> Int {
    try RegistryName.checkModel(model)
    return try ledger.integer(
      "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE model = ?1", [.text(model)])
  }

  /// Commits a version whose weights and configuration are in the store already.
  ///
  /// The lineage and manifest become blobs, then the row is written, then log and index follow. The
  /// draft of the certificate that is owed for it is kept as a pending run, in the same transaction,
  /// until `certify` or `endRun`.
  ///
  /// - Throws: `RegistryError.outOfTurn` when another process took the number.
  package func commit(
    _ lineage: Lineage, weights: Digest, configuration: Digest, draft: [UInt8]? = nil
  ) throws(RegistryError) -> VersionEntry {
    try checkLineage(lineage)
    let text = CanonicalText.encode(lineage)
    let lineageDigest = try blobs.put(text)
    let manifest = OCIManifest(
      lineage: (lineageDigest, text.count), weights: (weights, try blobs.size(of: weights)),
      configuration: (configuration, try blobs.size(of: configuration)))
    let digest = try blobs.put(manifest.text)
    let draftDigest: Digest? = if let draft { try blobs.put(draft) } else { nil }
    try change { () throws(RegistryError) in
      let index = try enterLog("version", digest, at: lineage.createdAt)
      try ledger.run(
        "INSERT INTO models VALUES (?1) ON CONFLICT DO NOTHING", [.text(lineage.model)])
      try ledger.run(
        "INSERT INTO versions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        [
          .init(digest), .text(lineage.model), .integer(lineage.number), .text(lineage.createdAt),
          .init(lineage.parent), .text(lineage.origin.rawValue), .init(lineageDigest),
          .init(weights), .init(configuration), .integer(manifest.text.count),
          .init(lineage.request), .integer(index),
        ])
      if let draftDigest, let request = lineage.request {
        try enterRun(digest, request: request, draft: draftDigest, at: lineage.createdAt)
      }
    }
    return VersionEntry(
      digest: digest, lineage: lineage, weights: weights, configuration: configuration)
  }

  private func checkLineage(_ lineage: Lineage) throws(RegistryError) {
    let next = try nextNumber(of: lineage.model)
    guard lineage.number == next else {
      throw .outOfTurn(model: lineage.model, number: lineage.number, next: next)
    }
    if let parent = lineage.parent { _ = try version(parent) }
    if let request = lineage.request { _ = try self.request(request) }
  }

  /// The version with this digest, its manifest and lineage verified.
  package func version(_ digest: Digest) throws(RegistryError) -> VersionEntry {
    guard
      let row = try ledger.rows(
        "SELECT \(Self.versionColumns) FROM versions WHERE digest = ?1", [.init(digest)]
      ).first
    else {
      throw .unknown(what: "version", name: digest.short, known: try versionNames(), nearest: nil)
    }
    return try entry(row)
  }

  /// Every version, of one model or all, by model and number.
  package func versions(of model: String? = nil) throws(RegistryError) -> [VersionEntry] {
    var entries: [VersionEntry] = []
    for row in try ledger.rows(
      """
      SELECT \(Self.versionColumns) FROM versions
      WHERE ?1 IS NULL OR model = ?1 ORDER BY model, number
      """, [.init(model)])
    {
      entries.append(try entry(row))
    }
    return entries
  }

  /// The models, by name.
  package func models() throws(RegistryError) -> [String] {
    var names: [String] = []
    for row in try ledger.rows("SELECT name FROM models ORDER BY name") {
      names.append(try row.text(0))
    }
    return names
  }

  /// The version and its ancestors, itself first.
  package func ancestry(of digest: Digest) throws(RegistryError) -> [VersionEntry] {
    var entries: [VersionEntry] = []
    var next: Digest? = digest
    while let digest = next {
      let entry = try version(digest)
      entries.append(entry)
      next = entry.lineage.parent
    }
    return entries
  }

  static let versionColumns =
    "digest, model, number, created_at, parent, origin, lineage, weights, configuration, request"

  /// Reads a version's blobs and holds them against its row.
  func entry(_ row: SQLiteRow) throws(RegistryError) -> VersionEntry {
    let digest = try row.digest(0)
    let file = RegistryLayout.blob(digest)
    let manifest = try OCIManifest(text: try blobs.read(digest), file: file)
    let lineageDigest = manifest.config.digest
    let lineage = try decode(Lineage.self, from: lineageDigest)
    guard lineageDigest == (try row.digest(6)), manifest.layers[0].digest == (try row.digest(7)),
      manifest.layers[1].digest == (try row.digest(8)), lineage.model == (try row.text(1)),
      lineage.number == (try row.integer(2)), lineage.createdAt == (try row.text(3)),
      lineage.parent == (try row.optionalDigest(4)),
      lineage.origin.rawValue == (try row.text(5)), lineage.request == (try row.optionalText(9))
    else {
      throw .corrupted(
        file: RegistryLayout.ledger,
        reason: "its row of \(lineage.model)@v\(lineage.number) is not what '\(file)' says")
    }
    return VersionEntry(
      digest: digest, lineage: lineage, weights: manifest.layers[0].digest,
      configuration: manifest.layers[1].digest)
  }

  /// Reads a record that is kept as a blob; only its canonical text is one.
  package func decode<Record: Codable>(
    _ type: Record.Type, from digest: Digest
  ) throws(RegistryError) -> Record {
    let bytes = try blobs.read(digest)
    let file = RegistryLayout.blob(digest)
    do throws(CanonicalTextError) {
      let record = try CanonicalText.decode(type, from: bytes, what: file)
      guard CanonicalText.encode(record) == bytes else {
        throw CanonicalTextError(what: file, reason: "it is not in canonical form")
      }
      return record
    } catch {
      throw .corrupted(file: file, reason: error.reason)
    }
  }
}
