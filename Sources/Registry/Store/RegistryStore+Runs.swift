package import Records

extension RegistryStore {
  /// The forgets that have committed a version and not yet signed for it, oldest first.
  package func pendingRuns() throws(RegistryError) -> [PendingRun] {
    try ledger.rows(
      """
      SELECT runs.version, runs.request, draft, started_at
      FROM runs JOIN versions ON runs.version = versions.digest ORDER BY versions.log_index
      """
    ).map { row throws(RegistryError) in
      PendingRun(
        version: try row.digest(0), request: try row.text(1), draft: try row.digest(2),
        startedAt: try row.text(3))
    }
  }

  /// Ends a run that will not be signed for.
  package func endRun(_ version: Digest) throws(RegistryError) {
    try change { () throws(RegistryError) in
      _ = try ledger.run("DELETE FROM runs WHERE version = ?1", [.init(version)])
    }
  }

  func enterRun(
    _ version: Digest, request: String, draft: Digest, at time: String
  ) throws(RegistryError) {
    try ledger.run(
      "INSERT OR REPLACE INTO runs VALUES (?1, ?2, ?3, ?4)",
      [.init(version), .text(request), .init(draft), .text(time)])
  }
}
