import Records

extension RegistryAudit {
  /// The marker, and that nothing foreign lies beside it.
  mutating func checkLayout() throws {
    let layout = store.layout
    if let digest = try digest(of: RegistryLayout.marker),
      try DurableFiles.read(layout.path(RegistryLayout.marker))
        != Array(RegistryLayout.markerText.utf8)
    {
      find(RegistryLayout.marker, "is not the marker of an OCI image layout (\(digest.short))")
    }
    for name in try DurableFiles.names(in: layout.directory)
    where !RegistryLayout.topLevel.contains(name) {
      find(name, "does not belong in a registry")
    }
    for (folder, known) in RegistryLayout.contents {
      for name in try DurableFiles.names(in: layout.path(folder)) where !known.contains(name) {
        find("\(folder)/\(name)", "does not belong in a registry")
      }
    }
  }

  /// Every blob, whether anything refers to it or not.
  mutating func checkBlobs() throws {
    let names = try DurableFiles.names(in: store.layout.path(RegistryLayout.blobs))
    expect(files: names.count)
    for name in names {
      let file = "\(RegistryLayout.blobs)/\(name)"
      try advance(file)
      guard let named = Digest(hex: name) else {
        find(file, "is not named by a digest")
        continue
      }
      guard let digest = try digest(of: file) else { continue }
      if digest == named {
        verified(named)
      } else {
        find(file, "does not verify: its bytes are those of \(digest)")
      }
    }
  }

  /// Attestations and reports against what was recorded, and that no others lie among them.
  mutating func checkArtifacts() throws {
    let artifacts = try store.artifacts()
    expect(files: artifacts.count)
    for artifact in artifacts {
      try advance(artifact.path)
      try attempt { audit throws(RegistryError) in try audit.check(artifact) }
    }
    try checkStrangers(Set(artifacts.map(\.path)))
  }

  private mutating func check(_ artifact: Artifact) throws(RegistryError) {
    if artifact.kind == .report,
      try FileStatus(of: store.layout.path(artifact.path)) == nil
    {
      note(artifact.path, "is not where it was written")
      return
    }
    guard let digest = try digest(of: artifact.path) else { return }
    if digest != artifact.digest {
      find(artifact.path, "does not verify: its bytes are not those that were recorded")
    }
  }

  private mutating func checkStrangers(_ known: Set<String>) throws {
    let root = RegistryLayout.attestations
    for folder in try DurableFiles.names(in: store.layout.path(root)) {
      let path = "\(root)/\(folder)"
      guard try FileStatus(of: store.layout.path(path))?.isFolder == true else {
        find(path, "does not belong in a registry")
        continue
      }
      let names = try DurableFiles.names(in: store.layout.path(path))
      for name in names where !known.contains("\(path)/\(name)") {
        find("\(path)/\(name)", "was not recorded")
      }
    }
  }
}
