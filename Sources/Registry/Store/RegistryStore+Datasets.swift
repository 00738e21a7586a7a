package import Records

/// A data set as the registry knows it: by its manifest.
package struct DatasetEntry: Hashable, Sendable {
  package let name: String
  /// The blob of the manifest's canonical text.
  package let manifest: Digest
  package let merkleRoot: Digest
  /// RFC 3339, UTC.
  package let addedAt: String
}

extension RegistryStore {
  /// Adds a data set by its manifest; the same manifest again changes nothing.
  ///
  /// - Throws: `RegistryError.taken` when the name stands for another manifest.
  @discardableResult
  package func addDataset(
    _ manifest: Manifest, merkleRoot: Digest, at time: String
  ) throws(RegistryError) -> DatasetEntry {
    try RegistryName.check(manifest.dataset, for: "a data set")
    let digest = try blobs.put(CanonicalText.encode(manifest))
    if let present = try datasets().first(where: { $0.name == manifest.dataset }) {
      guard present.manifest == digest, present.merkleRoot == merkleRoot else {
        throw .taken(what: "data set", name: manifest.dataset)
      }
      return present
    }
    try change { () throws(RegistryError) in
      let index = try enterLog("dataset", digest, at: time)
      try ledger.run(
        "INSERT INTO datasets VALUES (?1, ?2, ?3, ?4, ?5)",
        [.text(manifest.dataset), .init(digest), .init(merkleRoot), .text(time), .integer(index)])
    }
    return DatasetEntry(
      name: manifest.dataset, manifest: digest, merkleRoot: merkleRoot, addedAt: time)
  }

  /// Every data set, by name.
  package func datasets() throws(RegistryError) -> [DatasetEntry] {
    try ledger.rows("SELECT name, manifest, merkle_root, added_at FROM datasets ORDER BY name")
      .map { row throws(RegistryError) in
        DatasetEntry(
          name: try row.text(0), manifest: try row.digest(1), merkleRoot: try row.digest(2),
          addedAt: try row.text(3))
      }
  }

  /// The data set of that name.
  package func dataset(named name: String) throws(RegistryError) -> DatasetEntry {
    let all = try datasets()
    if let found = all.first(where: { $0.name == name }) { return found }
    let known = all.map(\.name)
    throw .unknown(
      what: "data set", name: name, known: known, nearest: Spelling.nearest(to: name, among: known))
  }

  /// The manifest behind a digest, verified.
  package func manifest(_ digest: Digest) throws(RegistryError) -> Manifest {
    try decode(Manifest.self, from: digest)
  }
}
