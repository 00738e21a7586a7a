import Records
import Registry
import Reports

extension Workplace {
  /// Writes the report of a version into the folder of reports, from what the registry has sealed of it.
  ///
  /// Of a certificate whose report was never made, as its making was interrupted, it is made now.
  ///
  /// - Returns: the path of the HTML report.
  package func report(_ name: String) throws -> String {
    try writing { store in
      let version = try store.version(named: name)
      guard let certificate = store.state.certificates(of: version.ordinal).last else {
        throw Failure(
          "\(version.shortName) has no certificate to report on",
          hint: "only versions made by 'imu-registry forget' have one")
      }
      return try writeReport(of: version, certificate.envelope, in: store)
    }
  }

  /// The report after a commit: what cannot be written is said, and stops nothing.
  ///
  /// - Returns: the path of the HTML report; nil where it could not be written.
  func reportAfterwards(
    of version: VersionEntry, _ envelope: Digest, in store: RegistryStore
  ) -> String? {
    do {
      return try writeReport(of: version, envelope, in: store)
    } catch {
      notice(
        "the report could not be written: \(Failure.explaining(error)?.message ?? "\(error)"); what was "
          + "decided is in the log, and 'imu-registry report \(version.shortName)' writes it")
      return nil
    }
  }

  /// Writes report, certificate and what an auditor needs below `Reports/<request>/<version>/`, and
  /// those of the newest certificate once more at the top.
  private func writeReport(
    of version: VersionEntry, _ envelope: Digest, in store: RegistryStore
  ) throws -> String {
    let folder = try ReportFolder(of: envelope, workplace: self, store: store)
    try checkOutside(reportsPath)
    if folder.certificate.papers == nil { try makePapers(of: version, folder, in: store) }
    let files = try ReportFolder(of: envelope, workplace: self, store: store).files()
    let reports = try OutputFolder(making: reportsPath)
    for file in files {
      try reports.write(file.bytes, to: file.name, isPersonal: file.isPersonal)
    }
    return "\(folder.path)/\(ReportFiles.page)"
  }

  /// Renders the papers, seals them, and says so in the log.
  private func makePapers(
    of version: VersionEntry, _ folder: ReportFolder, in store: RegistryStore
  ) throws {
    let certificate = try store.certificate(folder.certificate.envelope)
    let report = try report(of: version, certificate, folder.certificate, in: store)
    let scope = SealedScope.request(store.state.cases[folder.certificate.ordinal].number)
    var papers: [String: Digest] = [:]
    for (name, text) in [(ReportFiles.markdown, report.markdown), (ReportFiles.page, report.html)] {
      papers[name] = try store.sealed.seal(PaperOpening(name: name, text: text), in: scope)
    }
    try store.commit(at: now()) { batch in
      let envelope = folder.certificate.envelope
      // Another process may have been faster; its papers are as good.
      guard batch.state.certificate(envelope)?.papers == nil else {
        return
      }
      try batch.add(ReportMade(certificate: envelope, papers: papers))
    }
  }

  /// The report of a certificate with what the registry knows around it.
  func report(
    of version: VersionEntry, _ certificate: Certificate, _ own: CertificateState,
    in store: RegistryStore
  ) throws -> Report {
    let request = try store.readable(own.ordinal)
    let earlier = store.state.certificates(for: own.ordinal).filter { $0.index < own.index }
    return Report(
      certificate: certificate,
      context: ReportContext(
        requestID: request?.id, approvedBy: request?.decidedBy,
        subject: request?.selector.canonicalText,
        lineage: steps(to: version, own.ordinal, in: store),
        aliases: aliasOutcomes(of: version, certificate, in: store),
        earlierCertificates: earlier.map {
          EarlierCertificate(
            issuedAt: $0.time, version: store.state.versions[$0.version].shortName,
            verdict: $0.verdict, digest: $0.envelope)
        },
        owed: Self.owed(certificate),
        files: Self.auditorFiles(of: version), certificateDigest: own.envelope,
        logIndex: own.index, logHead: "\(store.head.size):\(store.head.root.hex)"))
  }

  /// The names of the files beside a report.
  static func auditorFiles(of version: VersionEntry) -> AuditorFiles {
    AuditorFiles(modelDirectory: "model-\(version.shortName)")
  }

  private static func owed(_ certificate: Certificate) -> [Obligation] {
    guard certificate.request.state != .closed else { return [] }
    return [Obligation(task: "retraining without the person", by: certificate.request.deadline)]
  }

  private func steps(
    to version: VersionEntry, _ ordinal: Int, in store: RegistryStore
  ) -> [Reports.LineageStep] {
    store.ancestry(of: version).reversed().map { entry in
      let records = entry.made.parts.map(\.recordCount).max() ?? 0
      return Reports.LineageStep(
        name: entry.shortName,
        note: records > 0 ? "\(entry.made.method), \(records) records" : entry.made.method,
        exposure: store.state.exposure(of: entry.ordinal, to: ordinal))
    }
  }

  private func aliasOutcomes(
    of version: VersionEntry, _ certificate: Certificate, in store: RegistryStore
  ) -> [AliasOutcome] {
    let parent = Self.short(certificate.parent.name)
    let meets =
      certificate.judgement.verdict >= certificate.policy.floor && certificate.policy.isAllowed
    let standing = store.state.aliases.filter { $0.key.model == version.model }
      .sorted { $0.key < $1.key }
    return standing.compactMap { name, alias in
      if alias.version == version.ordinal, meets {
        return AliasOutcome(
          name: name.alias, from: parent, to: version.shortName,
          reason: "the verdict meets the policy's floor")
      }
      guard store.state.versions[alias.version].digest == certificate.parent.digest else {
        return nil
      }
      return AliasOutcome(
        name: name.alias, from: parent, to: parent,
        reason: certificate.policy.isAllowed
          ? "the verdict is under the policy's floor" : "nobody allowed the policy")
    }
  }

  /// A version's name without its model.
  static func short(_ name: String) -> String {
    name.split(separator: "@").last.map(String.init) ?? name
  }
}
