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
    var findings = try RegistryAudit.run(on: store) {
      try progress(Progress(activity: "auditing", done: $0.checkedFiles, total: $0.totalFiles))
    }.map { Finding($0.file, $0.problem, isGood: $0.severity == .note) }
    for version in try store.versions() {
      findings += try VersionCheck(version, in: store).findings().filter { !$0.isGood }
    }
    findings += try reportCopies(in: store)
    let what =
      "the registry of \(try store.versions().count) versions and "
      + "\(try store.artifacts().count) signed or reported files"
    return AuditOutcome(what, findings)
  }

  /// The newest report's copies at the top of each request's folder, held against those that the
  /// ledger vouches for.
  private func reportCopies(in store: RegistryStore) throws -> [Finding] {
    var recorded: [String: Set<Digest>] = [:]
    for artifact in try store.artifacts() where artifact.kind == .report {
      let parts = artifact.path.split(separator: "/")
      guard parts.count >= 3 else { continue }
      recorded["\(parts[parts.count - 3])/\(parts[parts.count - 1])", default: []]
        .insert(artifact.digest)
    }
    return recorded.sorted { $0.key < $1.key }.compactMap { name, digests in
      let path = "\(reportsPath)/\(name)"
      // What is there and has no digest, such as a link, was not reported either.
      guard ReportFiles.exists(path) else { return nil }
      if let digest = ReportFiles.digest(of: path), digests.contains(digest) { return nil }
      return Finding(path, "does not verify: it is not a file that was reported", isGood: false)
    }
  }
}
