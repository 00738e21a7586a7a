import Records

extension RegistryAudit {
  /// Derived data against its name, and that what was erased is gone.
  mutating func checkDerivedData() throws {
    let folder = RegistryLayout.derived
    // Registries of an earlier program have none.
    guard try FileStatus(of: store.layout.path(folder)) != nil else { return }
    let entries = try store.derivedData()
    let known = Set(entries.map(\.digest.hex))
    for name in try DurableFiles.names(in: store.layout.path(folder)) where !known.contains(name) {
      find("\(folder)/\(name)", "was made from people's records, and nothing says from whose")
    }
    let erased = Set(
      try store.loggedByLedger().filter { $0.kind == RegistryStore.derivedErased }.map(\.digest))
    expect(files: entries.count)
    for entry in entries {
      let file = RegistryLayout.derived(entry.digest)
      try advance(file)
      if let digest = try digest(of: file), digest != entry.digest {
        find(file, "does not verify: its bytes are those of \(digest)")
      }
      if erased.contains(entry.digest) {
        find(file, "is there although the log says it was erased")
      }
    }
  }
}
