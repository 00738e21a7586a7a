package import Records

extension RegistryStore {
  /// How a version came about, read from its blobs and held against what the log says of it.
  package func lineage(of version: VersionEntry) throws(RegistryError) -> Lineage {
    let file = RegistryLayout.blob(version.digest)
    let manifest = try sizedManifest(of: version)
    let lineage = try decode(Lineage.self, from: version.made.lineage)
    let parent = version.made.parent.map { state.versions[$0].digest }
    guard manifest.config.digest == version.made.lineage,
      manifest.layers.map(\.digest) == [version.weights, version.configuration],
      lineage.model == version.model, lineage.number == version.number, lineage.parent == parent,
      lineage.recipe.method == version.made.method,
      zip(lineage.parts, version.made.parts).allSatisfy({ $0.isTold(by: $1) }),
      lineage.parts.count == version.made.parts.count
    else {
      throw .corrupted(file: file, reason: "it is not what the log says of \(version.name)")
    }
    return lineage
  }

  /// Holds the sizes of a version's files against its manifest, before anything long is hashed.
  package func checkSizes(of version: VersionEntry) throws(RegistryError) {
    _ = try sizedManifest(of: version)
  }

  private func sizedManifest(of version: VersionEntry) throws(RegistryError) -> OCIManifest {
    let bytes = try blobs.read(version.digest, limit: version.made.manifestSize)
    let manifest = try OCIManifest(text: bytes, file: RegistryLayout.blob(version.digest))
    for part in [manifest.config] + manifest.layers
    where try blobs.size(of: part.digest) != part.size {
      throw .corrupted(
        file: RegistryLayout.blob(part.digest), reason: "it has not the size it was stored with")
    }
    return manifest
  }

  /// The weights of a version, their size and their digest checked.
  package func weights(of version: VersionEntry) throws(RegistryError) -> [UInt8] {
    try checkSizes(of: version)
    return try blobs.read(version.weights, limit: try blobs.size(of: version.weights))
  }

  /// Whether an attestation has the bytes of its blob; nothing is hashed where their sizes differ.
  package func holds(_ attestation: Attestation) throws(RegistryError) -> Bool {
    let path = layout.path(attestation.file)
    guard let status = try FileStatus(of: path), status.isPlainFile,
      let size = try? blobs.size(of: attestation.blob), status.size == size,
      size <= BlobStore.documentLimit
    else { return false }
    return try BlobStore.digest(ofFile: path) == attestation.blob
  }

  /// Recomputes the digest of a version's weights, once their size is the one they were stored with.
  package func verifyWeights(of version: VersionEntry) throws(RegistryError) {
    try checkSizes(of: version)
    try blobs.verify(version.weights)
  }

  /// Reads a record that is kept as a blob; only its canonical text is one.
  package func decode<Record: Codable>(
    _ type: Record.Type, from digest: Digest
  ) throws(RegistryError) -> Record {
    let bytes = try blobs.read(digest)
    let file = RegistryLayout.blob(digest)
    do throws(CanonicalTextError) {
      let record = try CanonicalText.decode(type, from: bytes, what: file)
      guard CanonicalText.encode(record) == bytes else {
        throw CanonicalTextError(what: file, reason: "it is not in canonical form")
      }
      return record
    } catch {
      throw .corrupted(file: file, reason: error.reason)
    }
  }

  /// The sizes of blobs, as manifests have them whose own digest is the log's; a manifest that is not
  /// there, or not what it should be, says nothing.
  var recordedSizes: [Digest: Int] {
    var sizes: [Digest: Int] = [:]
    for version in state.versions {
      sizes[version.digest] = version.manifestSize
      let file = RegistryLayout.blob(version.digest)
      guard (try? blobs.size(of: version.digest)) == version.manifestSize,
        let bytes = try? blobs.read(version.digest),
        let manifest = try? OCIManifest(text: bytes, file: file)
      else { continue }
      for descriptor in [manifest.config] + manifest.layers {
        sizes[descriptor.digest] = descriptor.size
      }
    }
    return sizes
  }

  /// Every blob that the log names, with what it is.
  package var namedBlobs: [Digest: String] {
    var named: [Digest: String] = [:]
    for version in state.versions {
      named[version.digest] = "the manifest of \(version.name)"
      named[version.lineage] = "the lineage of \(version.name)"
      named[version.weights] = "the weights of \(version.name)"
      named[version.configuration] = "the configuration of \(version.name)"
      named[version.signature] = "the signature of \(version.name)"
    }
    for certificate in state.certificates {
      named[certificate.envelope] = "a certificate"
      named[certificate.evidence] = "the evidence of a certificate"
    }
    for run in state.runs {
      named[run.policy] = "a policy"
      if let evidence = run.evidence { named[evidence] = "the evidence of a run" }
    }
    for policy in state.policiesEverAllowed { named[policy] = "a policy" }
    return named
  }
}

extension PartLineage {
  /// Whether the log says the same of the part, as far as it says.
  fileprivate func isTold(by part: PartMade) -> Bool {
    name == part.name && origin == part.origin && data.isKnown == part.isKnown
      && data.recordCount == part.recordCount
  }
}
