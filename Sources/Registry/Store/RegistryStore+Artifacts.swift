import FoundationEssentials
package import Records

/// A file beside the store whose bytes the ledger and the log vouch for.
package struct Artifact: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// Below `attestations/`, written once.
    case attestation
    /// Outside the registry, such as a report; it may be written anew.
    case report
  }

  /// Relative to the registry's directory, or absolute.
  package let path: String
  package let version: Digest
  package let kind: Kind
  package let digest: Digest
  /// RFC 3339, UTC.
  package let recordedAt: String
  package let logIndex: Int
}

extension RegistryStore {
  /// Writes an attestation of a version, such as `model.sig`, once and for all.
  ///
  /// - Throws: `RegistryError.taken` when the version has another of that name.
  @discardableResult
  package func attach(
    _ name: String, _ bytes: [UInt8], to version: Digest, at time: String
  ) throws(RegistryError) -> Artifact {
    let path = try attestationPath(name, of: version)
    let digest = try blobs.put(bytes)
    if let present = try artifacts(of: version).first(where: { $0.path == path }) {
      guard present.digest == digest else { throw .taken(what: "attestation", name: path) }
      return present
    }
    return try change { () throws(RegistryError) in
      try enterAttestation(path, digest, of: version, at: time)
    }
  }

  func attestationPath(_ name: String, of version: Digest) throws(RegistryError) -> String {
    try RegistryName.checkFile(name)
    _ = try self.version(version)
    return RegistryLayout.attestation(name, of: version)
  }

  /// Writes the row of an attestation, within a transaction; `settle` writes the file.
  func enterAttestation(
    _ path: String, _ digest: Digest, of version: Digest, at time: String
  ) throws(RegistryError) -> Artifact {
    let index = try enterLog("attestation", digest, at: time)
    try ledger.run(
      "INSERT INTO artifacts VALUES (?1, ?2, 'attestation', ?3, 0, ?4, ?5)",
      [.text(path), .init(version), .init(digest), .text(time), .integer(index)])
    return Artifact(
      path: path, version: version, kind: .attestation, digest: digest, recordedAt: time,
      logIndex: index)
  }

  /// Vouches for a file outside the registry as it is now, instead of as it was before.
  ///
  /// The path is absolute, or relative to the registry's directory.
  ///
  /// - Throws: `RegistryError.taken` when an attestation lies there.
  @discardableResult
  package func recordReport(
    _ path: String, of version: Digest, at time: String
  ) throws(RegistryError) -> Artifact {
    _ = try self.version(version)
    guard try !artifacts().contains(where: { $0.path == path && $0.kind == .attestation }) else {
      throw .taken(what: "attestation", name: path)
    }
    let digest = try BlobStore.digest(ofFile: layout.path(path))
    return try change { () throws(RegistryError) in
      let index = try enterLog("report", digest, at: time)
      try ledger.run(
        "INSERT OR REPLACE INTO artifacts VALUES (?1, ?2, 'report', ?3, 1, ?4, ?5)",
        [.text(path), .init(version), .init(digest), .text(time), .integer(index)])
      return Artifact(
        path: path, version: version, kind: .report, digest: digest, recordedAt: time,
        logIndex: index)
    }
  }

  /// The artifacts of one version, or of all, by path.
  package func artifacts(of version: Digest? = nil) throws(RegistryError) -> [Artifact] {
    try ledger.rows(
      """
      SELECT path, version, kind, digest, recorded_at, log_index FROM artifacts
      WHERE ?1 IS NULL OR version = ?1 ORDER BY path
      """, [.init(version)]
    ).map { row throws(RegistryError) in
      Artifact(
        path: try row.text(0), version: try row.digest(1),
        kind: try row.choice(2, of: Artifact.Kind.self), digest: try row.digest(3),
        recordedAt: try row.text(4), logIndex: try row.integer(5))
    }
  }

  /// Reads an attestation, its digest recomputed; nil when the version has none of that name.
  package func attestation(
    _ name: String, of version: Digest
  ) throws(RegistryError) -> [UInt8]? {
    let path = try attestationPath(name, of: version)
    guard let artifact = try artifacts(of: version).first(where: { $0.path == path }) else {
      return nil
    }
    guard try FileStatus(of: layout.path(path)) != nil else {
      throw .corrupted(file: path, reason: "it is missing")
    }
    let bytes = try DurableFiles.read(layout.path(path))
    guard try BlobStore.digest(ofFile: layout.path(path)) == artifact.digest else {
      throw .corrupted(file: path, reason: "its bytes are not those that were recorded")
    }
    return bytes
  }

  /// Writes the attestation files whose rows are newer than they.
  func settleAttestations() throws(RegistryError) {
    let rows = try ledger.rows(
      "SELECT path, version, digest FROM artifacts WHERE is_written = 0 ORDER BY path")
    for row in rows {
      let folder = "\(RegistryLayout.attestations)/\(try row.digest(1).hex)"
      try DurableFiles.makeFolder(layout.path(folder))
      var staged = try blobs.stage()
      try staged.write(try blobs.read(try row.digest(2)))
      try staged.finish(mode: 0o444)
      // A file of that name is one that this writer, or a dead one, has just made; `audit` tells.
      _ = try DurableFiles.publish(staged, as: layout.path(try row.text(0)))
      try ledger.run(
        "UPDATE artifacts SET is_written = 1 WHERE path = ?1", [.text(try row.text(0))])
    }
  }
}
