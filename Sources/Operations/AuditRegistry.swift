import Records
import Registry

extension Workplace {
  /// Re-hashes and re-verifies everything of the registry, or of one version, from the files.
  ///
  /// Nothing is taken from memory or believed of the ledger: every blob is hashed, every signature
  /// checked, every certificate held against the rows and files it speaks of.
  package func audit(_ name: String?) throws -> AuditOutcome {
    let store = try RegistryStore(openingAt: registryPath, for: .writing)
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
    for request in try store.requests() {
      findings += try check(request, in: store)
    }
    findings += try reportCopies(in: store)
    let what =
      "the registry of \(try store.versions().count) versions and "
      + "\(try store.artifacts().count) signed or reported files"
    return AuditOutcome(what, findings)
  }

  /// Whether the request still is what its commitment in the log was made from.
  private func check(_ request: DeletionRequest, in store: RegistryStore) throws -> [Finding] {
    guard let salt = try? store.salt(of: request.id) else { return [] }
    guard RegistryStore.commitment(to: request.selector, salt: salt) == request.commitment else {
      return [
        Finding("request '\(request.id)'", "is not what its commitment says", isGood: false)
      ]
    }
    return []
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
      guard let digest = ReportFiles.digest(of: path), !digests.contains(digest) else { return nil }
      return Finding(path, "does not verify: it is not a file that was reported", isGood: false)
    }
  }
}
