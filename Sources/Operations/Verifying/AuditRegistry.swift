import Records
import Registry

extension Workplace {
  /// Re-hashes and re-verifies everything of the registry, or of one version, from the files.
  ///
  /// Nothing is taken from memory or believed of the ledger: every blob is hashed, every signature
  /// checked, every certificate held against the rows and files it speaks of.
  package func audit(_ name: String?) throws -> AuditOutcome {
    let store = try RegistryStore(openingAsFoundAt: registryPath)
    if let name {
      let version = try store.version(named: name)
      let check = VersionCheck(version, in: store)
      return AuditOutcome(version.lineage.name, try check.findings() + check.artifacts())
    }
    var hashed: Set<Digest> = []
    var findings = try RegistryAudit.run(
      on: store,
      progress: {
        try progress(Progress(activity: "auditing", done: $0.checkedFiles, total: $0.totalFiles))
      }, verified: { hashed.insert($0) }
    ).map { Finding($0.file, $0.problem, isGood: $0.severity == .note) }
    for version in try store.versions() {
      findings += try VersionCheck(version, in: store, hashed: hashed).findings().filter {
        !$0.isGood
      }
    }
    findings += try reportCopies(in: store)
    findings += try trainingsLeft(in: store)
    findings += try store.derivedDataFindings()
    let what =
      "the registry of \(try store.versions().count) versions and "
      + "\(try store.artifacts().count) signed or reported files"
    return AuditOutcome(what, findings)
  }

  /// The newest report's copies at the top of each request's folder, held against the files of the
  /// newest certificate's version, which the ledger vouches for.
  private func reportCopies(in store: RegistryStore) throws -> [Finding] {
    let pending = Set(try store.pendingRuns().map(\.request))
    // While a run is unfinished its copies may be older ones still.
    return try store.requests().filter { !pending.contains($0.id) }.flatMap { request in
      guard let newest = try store.certificates(for: request.id).last else { return [Finding]() }
      let reports = try store.artifacts(of: newest.version).filter { $0.kind == .report }
      return ReportFiles.all.compactMap { name in
        let path = "\(reportsPath)/\(request.id)/\(name)"
        // What is there and has no digest, such as a link, was not reported either.
        guard ReportFiles.exists(path) else { return nil }
        let recorded = reports.first { $0.path.hasSuffix("/\(name)") }?.digest
        if let recorded, ReportFiles.digest(of: path) == recorded { return nil }
        return Finding(
          path, "does not verify: it is not of the newest report that was recorded", isGood: false)
      }
    }
  }
}
