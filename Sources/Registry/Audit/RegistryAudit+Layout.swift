import Records

extension RegistryAudit {
  /// The marker of an image layout.
  mutating func checkMarker() throws {
    let marker = Array(RegistryLayout.markerText.utf8)
    guard let status = try plainFile(RegistryLayout.marker) else { return }
    if try status.size != marker.count
      || DurableFiles.read(store.layout.path(RegistryLayout.marker), limit: marker.count) != marker
    {
      find(RegistryLayout.marker, "is not the marker of an OCI image layout")
    }
  }

  /// That every folder is one, and that nothing foreign lies in them.
  mutating func checkLayout() throws {
    let layout = store.layout
    for name in try DurableFiles.names(in: layout.directory)
    where !RegistryLayout.topLevel.contains(name) {
      find(name, "does not belong in a registry")
    }
    let work = RegistryLayout.work
    let mayReadWork = DurableFiles.isReadable(layout.path(work))
    for (folder, _) in RegistryLayout.folders where mayReadWork || !folder.hasPrefix("\(work)/") {
      guard let status = try FileStatus(of: layout.path(folder)) else {
        // What can be made again, the next writer makes.
        let isRemade =
          folder.hasPrefix(work) || [RegistryLayout.tiles, RegistryLayout.states].contains(folder)
        if isRemade { continue }
        find(folder, "is missing")
        continue
      }
      if !status.isFolder {
        find(folder, status.isLink ? "is a link, which no writer follows" : "is no folder")
      }
    }
    try checkNames("blobs", ["sha256"])
    try checkNames(RegistryLayout.log, ["tail", "checkpoint", "tile"])
    try checkNames(
      RegistryLayout.work, ["staging", "features", "training", "runs"])
    try noteStaging()
    let runs = RegistryLayout.runs
    try checkNames(runs, Set(store.state.runs.keys.map(\.hex)))
    try checkNames(
      RegistryLayout.keys,
      Set(SigningRole.allCases.flatMap { ["\($0.rawValue).pem", "\($0.rawValue).pub.pem"] }))
  }

  /// What writers have on their way, or left there.
  private mutating func noteStaging() throws {
    guard isInterrupted else { return }
    for name in try DurableFiles.names(in: store.layout.path(RegistryLayout.staging)) {
      note(
        "\(RegistryLayout.staging)/\(name)",
        "is of a command that is at work, or was interrupted; nothing in it is read, and the next "
          + "that writes removes it")
    }
  }

  private mutating func checkNames(_ folder: String, _ known: Set<String>) throws {
    let path = store.layout.path(folder)
    guard DurableFiles.isReadable(path) else {
      // Below a folder that this user may not read, nothing can be said at all.
      guard DurableFiles.isReadable(DurableFiles.parent(of: path)),
        try FileStatus(of: path)?.isFolder == true
      else { return }
      note(folder, "may not be read by this user, so nothing is said of it")
      return
    }
    for name in try DurableFiles.names(in: path) where !known.contains(name) {
      find("\(folder)/\(name)", "does not belong in a registry")
    }
  }
}
