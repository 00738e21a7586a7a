package import Records

/// Verifies every file of a registry against its name, the ledger and the log.
///
/// It recomputes everything from the bytes on the disk. What signatures and certificates say is
/// checked by those who can read them; `RegistryStore.artifacts` lists them.
package struct RegistryAudit {
  let store: RegistryStore
  /// In the order they were found: layout, blobs, derived data, index, versions, rows, artifacts,
  /// trainings, log, key, ledger.
  var findings: [AuditFinding] = []
  private let progress: (AuditProgress) throws -> Void
  /// Told of every blob whose bytes are those of its name.
  let verified: (Digest) -> Void
  private var checked = 0
  private var total = 0

  /// Runs every check; throwing from `progress` stops it.
  ///
  /// - Returns: the findings in an order that depends on the registry alone.
  package static func run(
    on store: RegistryStore, progress: @escaping (AuditProgress) throws -> Void = { _ in },
    verified: @escaping (Digest) -> Void = { _ in }
  ) throws -> [AuditFinding] {
    var audit = RegistryAudit(store: store, progress: progress, verified: verified)
    try audit.checkLayout()
    try audit.checkBlobs()
    try audit.checkDerivedData()
    try audit.attempt { audit throws(RegistryError) in try audit.checkIndex() }
    try audit.attempt { audit throws(RegistryError) in try audit.checkVersions() }
    try audit.attempt { audit throws(RegistryError) in try audit.checkRows() }
    try audit.checkArtifacts()
    try audit.checkTraining()
    try audit.attempt { audit throws(RegistryError) in try audit.checkLog() }
    try audit.attempt { audit throws(RegistryError) in try audit.checkKey() }
    try audit.attempt { audit throws(RegistryError) in try audit.checkLedger() }
    return audit.findings
  }

  private init(
    store: RegistryStore, progress: @escaping (AuditProgress) throws -> Void,
    verified: @escaping (Digest) -> Void
  ) {
    self.store = store
    self.progress = progress
    self.verified = verified
  }

  mutating func find(_ file: String, _ problem: String) {
    findings.append(AuditFinding(file: file, problem: problem))
  }

  mutating func note(_ file: String, _ problem: String) {
    findings.append(AuditFinding(file: file, problem: problem, severity: .note))
  }

  /// Runs a check; that something does not verify is a finding, that it cannot be read an error.
  mutating func attempt(
    _ check: (inout RegistryAudit) throws(RegistryError) -> Void
  ) throws(RegistryError) {
    do throws(RegistryError) {
      try check(&self)
    } catch .corrupted(let file, let reason) {
      find(file, "does not verify: \(reason)")
    }
  }

  mutating func expect(files count: Int) { total += count }

  mutating func advance(_ file: String) throws {
    checked += 1
    try progress(AuditProgress(file: file, checkedFiles: checked, totalFiles: max(checked, total)))
  }

  /// The digest of a file's bytes; nil, and a finding, when it is missing or no plain file.
  mutating func digest(of file: String) throws(RegistryError) -> Digest? {
    let path = store.layout.path(file)
    guard let status = try FileStatus(of: path) else {
      find(file, "is missing")
      return nil
    }
    guard status.isPlainFile else {
      find(file, "is no plain file")
      return nil
    }
    return try BlobStore.digest(ofFile: path)
  }
}
