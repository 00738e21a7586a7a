import Records
import TransparencyLog

extension RegistryStore {
  /// Removes what is not under the checkpoint, and makes anew what follows from the log.
  ///
  /// It signs nothing. What the log names and is missing it cannot bring back. Of a log that was put
  /// back or replaced nothing is removed: what it does not name may be what was certified since.
  ///
  /// - Returns: what was removed or made anew, a line each.
  /// - Throws: `RegistryError.busy` while a writer is at work; `.forked` or `.replaced`.
  package func repair() throws(RegistryError) -> [String] {
    try checkMemory()
    var done: [String] = []
    try layout.checkFolders()
    for folder in [RegistryLayout.work, RegistryLayout.staging] {
      try DurableFiles.makeFolder(folder, in: layout, mode: 0o700)
    }
    guard let alone = try FolderHold(taking: RegistryLayout.staging, in: layout) else {
      throw .busy(layout.directory)
    }
    let lock = try WriterLock(layout, patience: patience)
    try refresh()
    try checkMemory()
    done += try cutTail()
    done += try removeUnnamed()
    done += try removeFalse()
    extendLifetime(lock)
    extendLifetime(alone)
    return done
  }

  /// Cuts what lies behind the last checkpoint.
  private func cutTail() throws(RegistryError) -> [String] {
    let reader = try EventLog(layout: layout).open()
    let extra = reader.byteCount - log.end
    guard extra > 0 else { return [] }
    let folder = try Folder(above: RegistryLayout.tail, in: layout)
    let tail = try FileDescriptor(
      opening: Folder.split(RegistryLayout.tail).own, DurableFiles.writing,
      under: folder.number, as: layout.path(RegistryLayout.tail), to: "cut")
    try tail.truncate(to: log.end)
    try tail.sync()
    return ["cut \(extra) bytes behind the last checkpoint from \(RegistryLayout.tail)"]
  }

  /// Removes files that no event names, and dead writers' folders.
  private func removeUnnamed() throws(RegistryError) -> [String] {
    var done: [String] = []
    for file in try uncommittedFiles() {
      try DurableFiles.remove(file, in: layout)
      done.append("removed \(file), which no event names")
    }
    for name in try DurableFiles.names(in: layout.path(RegistryLayout.staging)) {
      try DurableFiles.removeWhole("\(RegistryLayout.staging)/\(name)", in: layout)
      done.append("removed \(RegistryLayout.staging)/\(name), which a dead writer left")
    }
    return done
  }

  /// Removes what follows from the log and is not as it follows; it is made anew afterwards.
  private func removeFalse() throws(RegistryError) -> [String] {
    var untrue: [String] = []
    let known = Dictionary(uniqueKeysWithValues: attestations.map { ($0.file, $0) })
    let root = RegistryLayout.attestations
    for folder in try DurableFiles.names(in: layout.path(root)) {
      guard try FileStatus(of: layout.path("\(root)/\(folder)"))?.isFolder == true else {
        untrue.append("\(root)/\(folder)")
        continue
      }
      for name in try DurableFiles.names(in: layout.path("\(root)/\(folder)")) {
        let file = "\(root)/\(folder)/\(name)"
        guard let attestation = known[file], try holds(attestation) else {
          untrue.append(file)
          continue
        }
      }
    }
    for digest in try keptFiles(in: RegistryLayout.features) where !isKept(features: digest) {
      untrue.append("\(RegistryLayout.features)/\(digest)")
    }
    for digest in try keptFiles(in: RegistryLayout.training) where !isKept(training: digest) {
      untrue.append("\(RegistryLayout.training)/\(digest)")
    }
    for file in untrue { try DurableFiles.removeWhole(file, in: layout) }
    DurableFiles.removeEmptyFolders(in: root, of: layout)
    return untrue.map { "removed \($0), which does not follow from the log" }
  }

  private func keptFiles(in folder: String) throws(RegistryError) -> [String] {
    guard try FileStatus(of: layout.path(folder))?.isFolder == true else { return [] }
    return try DurableFiles.names(in: layout.path(folder))
  }

  private func isKept(features name: String) -> Bool {
    guard let digest = Digest(hex: name) else { return false }
    return (try? DerivedFile(named: digest, in: layout, key: state.keys[.engine])) != nil
  }

  private func isKept(training name: String) -> Bool {
    guard let digest = Digest(hex: name), let kept = try? keptTraining(digest) else { return false }
    return kept.training.run == digest
  }
}
