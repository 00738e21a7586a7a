import Glibc
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
    try checkRuns()
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
    guard try mayRead(folder, orElse: "so nothing is said of it") else { return }
    for name in try DurableFiles.names(in: store.layout.path(folder)) where !known.contains(name) {
      find("\(folder)/\(name)", "does not belong in a registry")
    }
  }

  /// That runs have folders with nothing in them, and nothing else does.
  private mutating func checkRuns() throws {
    let runs = RegistryLayout.runs
    try checkNames(runs, Set(store.state.runs.map(\.run.hex)))
    guard DurableFiles.isReadable(store.layout.path(runs)) else { return }
    for name in try DurableFiles.names(in: store.layout.path(runs)) {
      guard let digest = Digest(hex: name), store.state.run(digest) != nil else { continue }
      guard try FileStatus(of: store.layout.path("\(runs)/\(name)"))?.isFolder == true else {
        find("\(runs)/\(name)", "does not belong in a registry: it is no folder")
        continue
      }
      try checkNames("\(runs)/\(name)", [])
    }
  }

  /// Whether a folder is there and may be read; where it may not be, that is said.
  ///
  /// Who owns it can let themselves in, so for them it is no matter of who is asking.
  mutating func mayRead(
    _ folder: String, orElse consequence: String
  ) throws(RegistryError) -> Bool {
    let path = store.layout.path(folder)
    if DurableFiles.isReadable(path) { return true }
    // Below a folder that this user may not read, nothing can be said at all.
    guard DurableFiles.isReadable(DurableFiles.parent(of: path)),
      let status = try FileStatus(of: path), status.isFolder
    else { return false }
    findings.append(
      Self.unreadable(folder, consequence, owner: status.owner, user: geteuid()))
    return false
  }

  /// What is said of a folder that may not be read.
  static func unreadable(
    _ folder: String, _ consequence: String, owner: UInt32, user: UInt32
  ) -> AuditFinding {
    let isOwn = user == 0 || user == owner
    return AuditFinding(
      file: folder,
      problem: isOwn
        ? "may not be read, not even by its owner, \(consequence)"
        : "may not be read by this user, \(consequence)",
      severity: isOwn ? .failure : .note)
  }
}
