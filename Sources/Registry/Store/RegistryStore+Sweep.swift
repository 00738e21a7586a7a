import Glibc
import Records
import TransparencyLog

extension RegistryStore {
  /// Removes what dead writers left: their folders, and files that they published and never
  /// committed.
  ///
  /// Done only while no other writer is there: a file that no event names is then nobody's.
  func sweep() throws(RegistryError) {
    let folder = RegistryLayout.staging
    guard try isInterrupted(), let alone = try FolderHold(taking: folder, in: layout) else {
      return
    }
    defer { extendLifetime(alone) }
    try refresh()
    // What a log that was put back does not name was committed since.
    try checkMemory()
    for file in try uncommittedFiles() { try DurableFiles.removeWhole(file, in: layout) }
    for name in try alone.folder.entries() { try alone.folder.removeAll(name) }
  }

  /// Removes what this writer published and did not commit, where no other is there that may count on
  /// it; otherwise the next one does.
  ///
  /// Weights that somebody's records went into are not to lie there because a training was refused.
  package func giveUp() {
    guard let area = blobs.owing, area.takeAlone() else { return }
    do throws(RegistryError) {
      try refresh()
      try checkMemory()
      for file in try uncommittedFiles() { try DurableFiles.removeWhole(file, in: layout) }
      try area.clear()
    } catch {
      // It stays as a dead writer's would.
    }
  }

  /// Whether a writer is at work, or died at it: a file may then lie there that no event names yet.
  package func isInterrupted() throws(RegistryError) -> Bool {
    let folder = layout.path(RegistryLayout.staging)
    guard DurableFiles.isReadable(folder) else { return false }
    return try !DurableFiles.names(in: folder).isEmpty
  }

  /// Blobs, sealed parts and kept states that no event names, relative to the registry.
  func uncommittedFiles() throws(RegistryError) -> [String] {
    try unnamedBlobs() + unnamedSealedParts() + unnamedStates()
  }

  private func unnamedBlobs() throws(RegistryError) -> [String] {
    let named = namedBlobs
    return try DurableFiles.names(in: layout.path(RegistryLayout.blobs)).filter { name in
      Digest(hex: name).map { named[$0] == nil } ?? false
    }.map { "\(RegistryLayout.blobs)/\($0)" }
  }

  private func unnamedStates() throws(RegistryError) -> [String] {
    let folder = layout.path(RegistryLayout.states)
    guard try FileStatus(of: folder)?.isFolder == true else { return [] }
    // Older states than the newest serve nobody but an auditor, who folds them again.
    return try DurableFiles.names(in: folder).filter { name in
      Int(name).map { $0 > log.kept?.size ?? 0 } ?? false
    }.map { "\(RegistryLayout.states)/\($0)" }
  }

  private func unnamedSealedParts() throws(RegistryError) -> [String] {
    let root = layout.path(RegistryLayout.sealed)
    guard DurableFiles.isReadable(root) else { return [] }
    let named = NamedSealedParts(in: self)
    if let flaw = named.unknown.first { throw flaw.error }
    var unnamed: [String] = []
    for scope in try DurableFiles.names(in: root) {
      let folder = "\(RegistryLayout.sealed)/\(scope)"
      guard try FileStatus(of: layout.path(folder))?.isFolder == true else { continue }
      for name in try DurableFiles.names(in: layout.path(folder)) {
        let isUnneeded =
          name == SealedParts.keyName
          ? !named.isScope(folder)
          : Digest(hex: name) != nil && !named.files.contains("\(folder)/\(name)")
        if isUnneeded { unnamed.append("\(folder)/\(name)") }
      }
    }
    return unnamed
  }
}
