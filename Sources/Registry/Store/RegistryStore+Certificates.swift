package import Records
import Signing

/// What the ledger keeps of a certificate, beside its envelope.
package struct CertificateEntry: Hashable, Sendable {
  /// SHA-256 of the envelope, which is also a blob.
  package let envelope: Digest
  package let version: Digest
  package let request: String
  package let verdict: Verdict
  /// The records it speaks of, by manifest.
  package let covered: [Digest: RecordSelection]
  /// RFC 3339, UTC.
  package let issuedAt: String
  package let logIndex: Int

  /// What the log's HMAC is of.
  var text: [UInt8] {
    CanonicalText.encode([
      "covered": RegistryStore.text(of: covered), "envelope": envelope.description,
      "issuedAt": issuedAt, "request": request, "verdict": verdict.rawValue,
      "version": version.description,
    ])
  }
}

/// A signed certificate on its way into the registry.
package struct CertificateDraft: Hashable, Sendable {
  /// Below `attestations/<version>/`, such as `certificate-DSR-2026-001.intoto.jsonl`.
  package let name: String
  package let envelope: [UInt8]
  package let version: Digest
  package let request: String
  package let verdict: Verdict
  package let covered: [Digest: RecordSelection]
  /// RFC 3339, UTC.
  package let issuedAt: String
  /// The state it brings its request to, and in whose name; nil leaves the state.
  package let state: RequestState?
  package let signedBy: String

  package init(
    name: String, envelope: [UInt8], version: Digest, request: String, verdict: Verdict,
    covered: [Digest: RecordSelection], issuedAt: String, state: RequestState?, signedBy: String
  ) {
    self.name = name
    self.envelope = envelope
    self.version = version
    self.request = request
    self.verdict = verdict
    self.covered = covered
    self.issuedAt = issuedAt
    self.state = state
    self.signedBy = signedBy
  }
}

extension RegistryStore {
  /// Records a certificate, its file and the state of its request, all at once.
  ///
  /// The same envelope again changes nothing. The run goes on until `endRun`: aliases and reports
  /// follow the certificate.
  @discardableResult
  package func certify(_ draft: CertificateDraft) throws(RegistryError) -> CertificateEntry {
    let path = try attestationPath(draft.name, of: draft.version)
    let request = try request(draft.request)
    let envelope = try blobs.put(draft.envelope)
    if let present = try certificates().first(where: { $0.envelope == envelope }) { return present }
    guard try !artifacts(of: draft.version).contains(where: { $0.path == path }) else {
      throw .taken(what: "attestation", name: path)
    }
    let salt = try Self.newSalt()
    return try change { () throws(RegistryError) in
      _ = try enterAttestation(path, envelope, of: draft.version, at: draft.issuedAt)
      let entry = CertificateEntry(
        envelope: envelope, version: draft.version, request: draft.request,
        verdict: draft.verdict, covered: draft.covered, issuedAt: draft.issuedAt,
        logIndex: try enterLog("certificate", envelope, at: draft.issuedAt))
      try enter(entry, salt: salt)
      if let state = draft.state {
        try enterChange(
          of: request, to: state, by: draft.signedBy, at: draft.issuedAt, reason: nil)
      }
      return entry
    }
  }

  /// Writes the row of a certificate, within a transaction, and enters an HMAC of it in the log.
  private func enter(_ entry: CertificateEntry, salt: [UInt8]) throws(RegistryError) {
    let code = HMACSHA256.code(key: salt, message: entry.text)
    let coverage = try enterLog("coverage", code, at: entry.issuedAt)
    try ledger.run(
      "INSERT INTO certificates VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      [
        .init(entry.envelope), .init(entry.version), .text(entry.request),
        .text(entry.verdict.rawValue), .text(Self.text(of: entry.covered)),
        .text(entry.issuedAt), .integer(entry.logIndex), .blob(salt), .integer(coverage),
      ])
  }

  /// Certificates in the order they were logged, of all, of one version, or for one request.
  package func certificates(
    of version: Digest? = nil, for request: String? = nil
  ) throws(RegistryError) -> [CertificateEntry] {
    try ledger.rows(
      """
      SELECT \(Self.certificateColumns) FROM certificates
      WHERE (?1 IS NULL OR version = ?1) AND (?2 IS NULL OR request = ?2) ORDER BY log_index
      """, [.init(version), .init(request)]
    ).map { row throws(RegistryError) in try Self.certificate(row) }
  }

  static let certificateColumns =
    "envelope, version, request, verdict, covered, issued_at, log_index"

  static func certificate(_ row: SQLiteRow) throws(RegistryError) -> CertificateEntry {
    CertificateEntry(
      envelope: try row.digest(0), version: try row.digest(1), request: try row.text(2),
      verdict: try row.choice(3, of: Verdict.self), covered: try covered(try row.text(4)),
      issuedAt: try row.text(5), logIndex: try row.integer(6))
  }

  fileprivate static func text(of covered: [Digest: RecordSelection]) -> String {
    let named = Dictionary(uniqueKeysWithValues: covered.map { ($0.description, $1) })
    return String(decoding: CanonicalText.encode(named), as: UTF8.self)
  }

  private static func covered(
    _ text: String
  ) throws(RegistryError) -> [Digest: RecordSelection] {
    guard
      let named = try? CanonicalText.decode(
        [String: RecordSelection].self, from: Array(text.utf8), what: "what a certificate covers")
    else { throw .ledgerValue(4) }
    var covered: [Digest: RecordSelection] = [:]
    for (name, records) in named {
      guard name.hasPrefix("sha256:"), let digest = Digest(hex: name.dropFirst(7)) else {
        throw .ledgerValue(4)
      }
      covered[digest] = records
    }
    return covered
  }
}
