import Records
import Registry
import Reports
import Signing

extension Workplace {
  /// Writes the report of a version again, from its certificate.
  ///
  /// - Returns: the path of the HTML report.
  package func report(_ name: String) throws -> String {
    try writing { store in
      let version = try store.version(named: name)
      guard let certificate = try store.certificates(of: version.digest).last else {
        throw Failure(
          "\(version.lineage.name) has no certificate to report on",
          hint: "only versions made by 'imu-registry forget' have one")
      }
      return try writeReport(of: version, certificate, in: store)
    }
  }

  /// Writes report and certificate below `Reports/<request>/<version>/`, which the ledger vouches
  /// for, and the newest once more at the top.
  func writeReport(
    of version: VersionEntry, _ entry: CertificateEntry, in store: RegistryStore
  ) throws -> String {
    let envelope = try store.blobs.read(entry.envelope)
    let certificate = try store.certificate(in: envelope)
    let report = try report(of: version, certificate, in: store)
    let folder = "\(reportsPath)/\(entry.request)"
    let own = "\(folder)/\(version.lineage.name)"
    let files: [(String, [UInt8])] = [
      (ReportFiles.markdown, Array(report.markdown.utf8)),
      (ReportFiles.page, Array(report.html.utf8)),
      (ReportFiles.certificate, envelope),
      (ReportFiles.key, Array(try store.verificationKey().pem.utf8)),
    ]
    for (name, bytes) in files {
      try ReportFiles.write(bytes, to: "\(own)/\(name)")
      try store.recordReport(
        Self.relative("\(own)/\(name)", to: registryPath), of: version.digest, at: now())
    }
    // The newest certificate's files lie at the top as well; `audit` holds them against the others.
    if try store.certificates(for: entry.request).last == entry {
      for (name, bytes) in files { try ReportFiles.write(bytes, to: "\(folder)/\(name)") }
    }
    return "\(folder)/\(ReportFiles.page)"
  }

  /// A path as the registry keeps it, so that registry and reports can be moved together.
  private static func relative(_ path: String, to registry: String) -> String {
    let folder = Self.folder(of: registry) + "/"
    return path.hasPrefix(folder) ? "../" + path.dropFirst(folder.count) : path
  }

  /// The report of a certificate with what the registry knows around it.
  func report(
    of version: VersionEntry, _ certificate: Certificate, in store: RegistryStore
  ) throws -> Report {
    let request = try store.request(certificate.request.id)
    let entries = try store.certificates(for: request.id)
    let own = entries.last { $0.version == version.digest }
    return Report(
      certificate: certificate,
      context: ReportContext(
        subject: request.selector.canonicalText,
        lineage: try steps(to: version, own?.covered ?? [:], in: store),
        aliases: try aliasOutcomes(of: version, certificate, in: store),
        earlierCertificates: try entries.filter { $0.logIndex < own?.logIndex ?? .max }.map {
          EarlierCertificate(
            issuedAt: $0.issuedAt, version: try store.version($0.version).lineage.name,
            verdict: $0.verdict, digest: $0.envelope)
        },
        owed: Self.owed(certificate),
        files: AuditorFiles(
          publicKey: ReportFiles.key, modelDirectory: "model-\(version.lineage.name)",
          registry: nil),
        certificateDigest: own?.envelope, logIndex: own?.logIndex))
  }

  private static func owed(_ certificate: Certificate) -> [Obligation] {
    guard certificate.request.state != .closed else { return [] }
    return [Obligation(task: "retraining without the person", by: certificate.request.deadline)]
  }

  private func steps(
    to version: VersionEntry, _ person: RecordsByManifest, in store: RegistryStore
  ) throws -> [Reports.LineageStep] {
    try store.ancestry(of: version.digest).reversed().map { entry in
      let sets = entry.lineage.extractor.sets + entry.lineage.classifier.sets
      let records = Set(sets).reduce(0) { max($0, $1.records.count) }
      let method = entry.lineage.recipe.method
      return Reports.LineageStep(
        name: entry.lineage.name,
        note: records > 0 ? "\(method), \(records) records" : method,
        exposure: try store.exposure(of: entry.digest, to: person).overall)
    }
  }

  private func aliasOutcomes(
    of version: VersionEntry, _ certificate: Certificate, in store: RegistryStore
  ) throws -> [AliasOutcome] {
    let model = version.lineage.model
    let moves = try store.aliasHistory(of: model)
      .filter {
        $0.movedBy == Self.forgetter && $0.to == version.digest
          && $0.from == certificate.parent.digest
      }
    let moved = moves.map {
      AliasOutcome(
        name: $0.name, from: Self.short(certificate.parent.name), to: version.lineage.name,
        reason: "the verdict meets the policy's floor")
    }
    // An alias put there since then is none that the verdict left behind.
    guard certificate.judgement.verdict < certificate.policy.floor else { return moved }
    let left = try store.aliases(of: model)
      .filter { alias in
        alias.version == certificate.parent.digest && !moves.contains { $0.name == alias.name }
      }
      .map {
        AliasOutcome(
          name: $0.name, from: Self.short(certificate.parent.name),
          to: Self.short(certificate.parent.name), reason: "the verdict is under the policy's floor"
        )
      }
    return moved + left
  }

  /// A version's name without its model.
  static func short(_ name: String) -> String {
    name.split(separator: "@").last.map(String.init) ?? name
  }
}

extension RegistryStore {
  /// Verifies a signed certificate with the registry's key and reads it.
  func certificate(in envelope: [UInt8]) throws -> Certificate {
    try certificateStatement(in: envelope).predicate(as: Certificate.self)
  }

  /// The statement of a signed certificate, whose subjects are what other tools read.
  func certificateStatement(in envelope: [UInt8]) throws -> Statement {
    let envelopes = try DSSEEnvelope.parse(lines: envelope)
    guard envelopes.count == 1 else {
      throw Failure(
        "a certificate file has \(envelopes.count) lines instead of one", kind: .unverified)
    }
    let statement = try Statement(
      verifying: envelopes[0].text, trusted: [try verificationKey()])
    guard statement.predicateType == Certificate.predicateType else {
      throw Failure(
        "a certificate has the predicate type '\(statement.predicateType)'", kind: .unverified)
    }
    return statement
  }
}
