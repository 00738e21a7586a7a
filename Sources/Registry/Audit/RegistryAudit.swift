package import Records
import TransparencyLog

/// Verifies every file of a registry against the log, and the log against itself.
///
/// It recomputes everything from the bytes on the disk, and writes nothing. What certificates and
/// papers say is checked by those who can read them.
package struct RegistryAudit {
  let store: RegistryStore
  /// In the order of the checks: layout, log, blobs, attestations, sealed parts, what can be made
  /// again, keys.
  var findings: [AuditFinding] = []
  let progress: (AuditProgress) throws -> Void
  /// Told of every blob whose bytes are those of its name.
  let verified: (Digest) -> Void
  private(set) var checked = 0
  private var total = 0
  /// Whether a writer is at work or died at it, so that a file may lie there that no event names yet.
  let isInterrupted: Bool

  /// Runs every check; throwing from `progress` stops it.
  ///
  /// - Returns: the findings in an order that depends on the registry alone.
  package static func run(
    on store: RegistryStore, progress: @escaping (AuditProgress) throws -> Void = { _ in },
    verified: @escaping (Digest) -> Void = { _ in }
  ) throws -> [AuditFinding] {
    try store.refresh()
    var audit = RegistryAudit(
      store: store, isInterrupted: try store.isInterrupted(), progress: progress,
      verified: verified)
    let checks: [(String, (inout RegistryAudit) throws -> Void)] = [
      (RegistryLayout.marker, { try $0.checkMarker() }), (".", { try $0.checkLayout() }),
      (".", { try $0.checkModes() }), (RegistryLayout.tail, { try $0.checkLog() }),
      (RegistryLayout.tiles, { try $0.checkTiles() }),
      (RegistryLayout.blobs, { try $0.checkBlobs() }),
      (RegistryLayout.attestations, { try $0.checkAttestations() }),
      (RegistryLayout.sealed, { try $0.checkSealedParts() }),
      (RegistryLayout.sealed, { try $0.checkDatasets() }),
      (RegistryLayout.features, { try $0.checkFeatures() }),
      (RegistryLayout.training, { try $0.checkTraining() }),
      (RegistryLayout.index, { try $0.checkIndex() }),
      (RegistryLayout.ledger, { try $0.checkLedger() }),
      (RegistryLayout.keys, { try $0.checkKeys() }),
    ]
    for (file, check) in checks { try audit.attempt(file, check) }
    return audit.findings
  }

  /// Checks the log alone, from its first event on.
  package static func ofLog(
    on store: RegistryStore, progress: @escaping (AuditProgress) throws -> Void = { _ in }
  ) throws -> [AuditFinding] {
    try store.refresh()
    var audit = RegistryAudit(
      store: store, isInterrupted: try store.isInterrupted(), progress: progress, verified: { _ in }
    )
    try audit.checkLog()
    return audit.findings
  }

  private init(
    store: RegistryStore, isInterrupted: Bool, progress: @escaping (AuditProgress) throws -> Void,
    verified: @escaping (Digest) -> Void
  ) {
    self.store = store
    self.isInterrupted = isInterrupted
    self.progress = progress
    self.verified = verified
  }

  mutating func find(_ file: String, _ problem: String) {
    findings.append(AuditFinding(file: file, problem: problem))
  }

  mutating func note(_ file: String, _ problem: String) {
    findings.append(AuditFinding(file: file, problem: problem, severity: .note))
  }

  /// Tells of a file that no event names: what an interrupted command left, or a stranger.
  mutating func findUnnamed(_ file: String) {
    if isInterrupted {
      note(
        file,
        "is named by no event: a command is at work or was interrupted; the next that "
          + "writes removes it")
    } else {
      find(file, "is named by no event of the log")
    }
  }

  /// Runs a check; whatever of the registry stops it is a finding, and the audit goes on behind it.
  ///
  /// - Throws: what `progress` throws.
  mutating func attempt(
    _ file: String, _ check: (inout RegistryAudit) throws -> Void
  ) throws {
    do {
      try check(&self)
    } catch let error as RegistryError {
      switch error {
      case .corrupted(let file, let reason): find(inner(file), "does not verify: \(reason)")
      case .sealed(let file, let reason): find(inner(file), "cannot be opened: \(reason)")
      case .system(let operation, let path, let reason):
        find(inner(path), "cannot be checked: \(operation): \(reason)")
      default: find(file, "cannot be checked: \(error)")
      }
    } catch let error as LogError {
      find(file, "cannot be checked: \(error)")
    }
  }

  /// A path without the registry's own.
  private func inner(_ path: String) -> String {
    let own = "\(store.layout.directory)/"
    return path.hasPrefix(own) ? String(path.dropFirst(own.count)) : path
  }

  mutating func expect(files count: Int) { total += count }

  mutating func advance(_ file: String) throws {
    checked += 1
    try progress(AuditProgress(file: file, checkedFiles: checked, totalFiles: max(checked, total)))
  }

  /// Asks `progress` in the middle of a file.
  func ask(_ file: String) throws {
    try progress(AuditProgress(file: file, checkedFiles: checked, totalFiles: max(checked, total)))
  }

  /// The digest of a file's bytes; nil, and a finding, when it is missing, no plain file, or has more
  /// than `limit`.
  ///
  /// A megabyte at a time, asking `progress` in between, and no further than the size it has now.
  mutating func digest(
    of file: String, limit: Int = BlobStore.documentLimit
  ) throws -> Digest? {
    guard let status = try plainFile(file) else { return nil }
    guard status.size <= limit else {
      find(file, "does not verify: it has \(status.size) bytes and may have \(limit)")
      return nil
    }
    return try BlobStore.digest(ofFile: store.layout.path(file), upTo: status.size) {
      try ask(file)
    }
  }

  /// What the file system says of a plain file; nil, and a finding, when it is none.
  mutating func plainFile(_ file: String) throws(RegistryError) -> FileStatus? {
    guard let status = try FileStatus(of: store.layout.path(file)) else {
      find(file, "is missing")
      return nil
    }
    guard status.isPlainFile else {
      find(file, "is no plain file")
      return nil
    }
    return status
  }
}
