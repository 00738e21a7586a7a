import Records

extension Mending {
  /// Makes the folders that are missing, instead of what lies in their place.
  ///
  /// A link in the place of a folder whose files cannot be made again stays: it may lead to them.
  mutating func makeFolders(upTo last: String? = nil) {
    let isWanted: (String) -> Bool = { name in
      last.map { name == $0 || $0.hasPrefix("\(name)/") } ?? true
    }
    for (name, mode) in RegistryLayout.folders where isWanted(name) {
      attempt { mending in
        let parent = try Folder(above: name, in: mending.layout)
        let own = EntryName(Folder.split(name).own)
        parent.letOwnerIn(own)
        let status = try parent.status(of: own)
        if status?.isFolder == true { return }
        if let status {
          guard !status.isLink || RegistryLayout.isMadeAgain(name) else {
            throw RegistryError.noFolder(name)
          }
          mending.remove(name, "is no folder")
        }
        try DurableFiles.makeFolder(name, in: mending.layout, mode: mode)
        mending.repair.done.append("made the folder \(name)")
      }
    }
  }

  /// Removes from every folder but the sealed parts', tiles' and states' what does not belong there.
  mutating func clearFolders() {
    let store = store
    clear(RegistryLayout.staging, of: "a dead writer left") { _, _, _ in .goes }
    clearScratch(store)
    let named = store.namedBlobs
    var lost = LostBlobs(of: store)
    clear(RegistryLayout.blobs, of: "no event names") { name, own, status in
      // A link may lead to what is missing here; a folder holds nobody's blob.
      guard let digest = Digest(hex: own), named[digest] != nil else {
        return lost.find(name, status) ? .stays : .goes
      }
      return status.isFolder ? .goes : .stays
    }
    renameBlobs(lost)
    clear("blobs", of: "does not belong there") { _, own, _ in own == "sha256" ? .stays : .goes }
    clear(RegistryLayout.log, of: "does not belong there") { name, _, status in
      switch name {
      case RegistryLayout.tail, RegistryLayout.tiles: .stays
      default: name == RegistryLayout.checkpoint && status.isPlainFile ? .stays : .goes
      }
    }
    clearAttestations(store)
    for name in [RegistryLayout.index, RegistryLayout.ledger] {
      let status = try? FileStatus(of: layout.path(name))
      if let status, !status.isPlainFile { remove(name, "is no plain file") }
    }
    tellStrangers()
  }

  private mutating func clearScratch(_ store: RegistryStore) {
    let why = "does not follow from the log"
    clear(RegistryLayout.work, of: "does not belong there") { name, _, _ in
      RegistryLayout.folders.contains { $0.name == name } ? .stays : .goes
    }
    clear(RegistryLayout.features, of: why) { _, own, _ in
      store.isKept(features: own) ? .stays : .goes
    }
    clear(RegistryLayout.training, of: why) { _, own, _ in
      store.isKept(training: own) ? .stays : .goes
    }
    clear(RegistryLayout.runs, of: "does not belong there") { name, own, status in
      // Inside of a run's folder nothing does.
      guard DurableFiles.parent(of: name) == RegistryLayout.runs, status.isFolder else {
        return .goes
      }
      if let run = Digest(hex: own), store.state.run(run) != nil { return .isEntered }
      // Of a run that somebody begins just now.
      return try FolderHold(taking: name, in: store.layout) == nil ? .stays : .goes
    }
  }

  private mutating func clearAttestations(_ store: RegistryStore) {
    let root = RegistryLayout.attestations
    let known = Dictionary(uniqueKeysWithValues: store.attestations.map { ($0.file, $0) })
    let folders = Set(known.keys.map { DurableFiles.parent(of: $0) })
    // Those that are lost still.
    var lost = LostBlobs(of: store)
    clear(root, of: "does not follow from the log") { name, _, status in
      if folders.contains(name) { return status.isFolder ? .isEntered : .goes }
      if let attestation = known[name] {
        if try store.holds(attestation) || lost.find(name, status) { return .stays }
      }
      return .goes
    }
    attested = lost.copies
    DurableFiles.removeEmptyFolders(in: root, of: layout)
  }

  /// Names what people put beside the rest, or among the keys: whose it is this program cannot know.
  private mutating func tellStrangers() {
    let keys = Set(
      SigningRole.allCases.flatMap {
        [RegistryLayout.privateKey($0), RegistryLayout.publicKey($0)]
      })
    attempt { mending in
      var strangers = try DurableFiles.names(in: mending.layout.directory).filter {
        !RegistryLayout.topLevel.contains($0) && !RegistryLayout.journals.contains($0)
      }
      strangers += try Folder(RegistryLayout.keys, in: mending.layout).entries()
        .map { "\(RegistryLayout.keys)/\($0.shown)" }.filter { !keys.contains($0) }
      for name in strangers {
        mending.fail(
          .system(
            operation: "remove", path: RegistryError.printable(name),
            reason: "it is not this program's; move it out of the registry yourself"))
      }
    }
  }
}

extension RegistryStore {
  fileprivate func isKept(features name: String) -> Bool {
    guard let digest = Digest(hex: name), !state.erased.contains(digest) else { return false }
    return (try? DerivedFile(named: digest, in: layout, key: state.keys[.engine])) != nil
  }

  fileprivate func isKept(training name: String) -> Bool {
    guard let digest = Digest(hex: name), let kept = try? keptTraining(digest) else { return false }
    return kept.training.run == digest
  }
}
