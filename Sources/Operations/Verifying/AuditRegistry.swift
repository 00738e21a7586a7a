import Records
import Registry

/// What an audit is held against beside the registry itself.
package struct AuditOrder: Sendable {
  /// The version to audit; nil audits everything.
  package var version: String?
  /// A file with a checkpoint that somebody kept.
  package var lastCheckpoint: String?
  /// Whether to remember the registry's checkpoint, if all is well.
  package var remembers = false

  package init(version: String? = nil) { self.version = version }
}

extension Workplace {
  /// Re-hashes and re-verifies everything of the registry, or of one version, from the files.
  ///
  /// Nothing is taken from memory or believed of an index: the log is folded from its first event,
  /// every blob hashed, every signature checked, every certificate held against the events and files
  /// it speaks of. It writes nothing and needs no key.
  package func audit(_ order: AuditOrder) throws -> AuditOutcome {
    if order.remembers { try checkMemoryPlace() }
    let store = try open()
    let anchors = try anchors(order, in: store)
    if let name = order.version {
      let version = try store.version(named: name)
      let findings = try settled(in: store) { try self.findings(of: version, in: store) }
      return AuditOutcome(version.shortName, findings + anchors)
    }
    let findings = try settled(in: store) { try allFindings(in: store) }
    let outcome = AuditOutcome(
      "the registry of \(store.state.versions.count) versions and \(store.state.size) events",
      findings + anchors, verified: anchors.map { "the log \($0.message)" }.joined(separator: "; "))
    if outcome.isVerified, order.remembers { try remember(store) }
    return outcome
  }

  private func findings(
    of version: VersionEntry, in store: RegistryStore
  ) throws -> [Finding] {
    let check = VersionCheck(version, in: store)
    // What a version is rests on the log, from its first event on.
    let log = try checking("log") { try RegistryAudit.ofLog(on: store).map { Finding($0) } }
    return try log + check.findings() + check.attestations()
      + checking("reports") { try reports(of: version, in: store) }
  }

  private func allFindings(in store: RegistryStore) throws -> [Finding] {
    var hashed: Set<Digest> = []
    var findings = try RegistryAudit.run(
      on: store,
      progress: {
        try progress(Progress(activity: "auditing", done: $0.checkedFiles, total: $0.totalFiles))
      }, verified: { hashed.insert($0) }
    ).map { Finding($0) }
    for version in store.versions() {
      findings += try VersionCheck(version, in: store, hashed: hashed).findings().filter {
        !$0.isGood
      }
      findings += try checking("the reports of \(version.shortName)") {
        try reports(of: version, in: store)
      }
    }
    findings += try checking(reportsPath) { try strayReports(in: store) }
    findings += try checking("sealed") { try unsaidFindings(in: store) }
    findings += try checking("sealed") { try sharedIDs(in: store) }
    return findings + (try checking("work") { try leftOfPeople(in: store) })
  }

  /// Findings; where something of the registry stops them, that, so that an audit tells of the rest.
  private func checking(_ subject: String, _ body: () throws -> [Finding]) throws -> [Finding] {
    do {
      return try body()
    } catch {
      guard let failure = Failure.explaining(error), failure.kind != .interrupted else {
        throw error
      }
      return [Finding(subject, "cannot be checked: \(failure.message)", isGood: false)]
    }
  }

  /// Requests that bear one id: what is said of the one would be taken for the other's.
  private func sharedIDs(in store: RegistryStore) throws -> [Finding] {
    Dictionary(grouping: try store.requests(), by: \.id).filter { $0.value.count > 1 }
      .sorted { ByteOrder.precedes($0.key, $1.key) }.map { id, requests in
        Finding(
          "request \(id)",
          "is the id of cases \(requests.map(\.number.text).joined(separator: " and ")); name them "
            + "by their numbers", isGood: false)
      }
  }

  /// What is kept of people whose requests have been met; nothing is said where that is sealed.
  private func leftOfPeople(in store: RegistryStore) throws -> [Finding] {
    do {
      return try trainingsLeft(in: store) + store.derivedDataFindings().filter { !$0.isGood }
    } catch RegistryError.sealed(let file, _) {
      return [
        Finding.note(
          "work", "whose records kept files are of was not checked: '\(file)' cannot be opened")
      ]
    }
  }

  /// The registry's history against what was kept outside of it.
  private func anchors(_ order: AuditOrder, in store: RegistryStore) throws -> [Finding] {
    var findings: [Finding] = []
    if let file = order.lastCheckpoint {
      let (extends, size) = try store.extends(checkpointIn: file)
      findings.append(Self.anchor("'\(file)'", extends, size))
    }
    findings += try remembered(in: store)
    guard findings.isEmpty else { return findings }
    return [
      Finding(
        "log",
        "agrees with itself; anchored to nothing",
        isGood: true)
    ]
  }

  /// The registry's history against what this user remembers.
  private func remembered(in store: RegistryStore) throws -> [Finding] {
    do {
      return try memoryFindings(in: store)
    } catch let error as RegistryError {
      // That it cannot be used is found out beside everything else.
      guard case .notKept(let file, _, _) = error else { throw error }
      return [Finding(file, error.description, isGood: false)]
    }
  }

  private func memoryFindings(in store: RegistryStore) throws -> [Finding] {
    var findings: [Finding] = []
    if let file = try store.replacedPlace() {
      findings.append(
        Finding(
          "log",
          "is of another registry than lay here when it was last written; if that is right, "
            + "remove '\(file)'", isGood: false))
    }
    if let (extends, size) = try store.extendsMemory() {
      findings.append(Self.anchor("what this user remembers", extends, size))
    }
    return findings
  }

  private static func anchor(_ what: String, _ extends: Bool, _ size: Int) -> Finding {
    Finding(
      "log",
      extends
        ? "goes on from the \(size) events of \(what)"
        : "does not go on from the \(size) events of \(what): it was put back, or replaced",
      isGood: extends)
  }

  /// The papers of a version's certificates, where they lie, against what follows from the log.
  func reports(of version: VersionEntry, in store: RegistryStore) throws -> [Finding] {
    try store.state.certificates(of: version.ordinal).flatMap { certificate -> [Finding] in
      let folder = try ReportFolder(of: certificate.envelope, workplace: self, store: store)
      let files: [ReportFolder.File]
      do {
        files = try folder.files()
      } catch RegistryError.sealed(let file, let reason) {
        return [
          Finding.note(
            folder.path, "was not checked: sealed part '\(file)' cannot be opened: \(reason)")
        ]
      }
      return try files.compactMap { file in
        // A report may be filed elsewhere.
        guard ReportFiles.exists(file.path) else { return nil }
        let bytes = try? Self.read(file.path, limit: 64 << 20)
        if let bytes, bytes == file.bytes || folder.isProof(bytes, at: file.path) { return nil }
        if let bytes, try folder.isOfEarlier(bytes, at: file.path, workplace: self) {
          return Finding.note(
            file.path,
            "is of an earlier certificate; 'imu-registry report \(version.shortName)' writes the newest"
          )
        }
        return Finding(
          file.path, "does not verify: it is not what the registry wrote", isGood: false)
      }
    }
  }
}
