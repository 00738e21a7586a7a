import Records

extension RegistryAudit {
  /// That every sealed part opens to what the log is committed to, and that no others lie there.
  mutating func checkSealedParts() throws {
    let root = store.layout.path(RegistryLayout.sealed)
    guard try FileStatus(of: root)?.isFolder == true else { return }
    guard
      try mayRead(RegistryLayout.sealed, orElse: "so whose cases these are was not checked")
    else { return }
    let named = NamedSealedParts(in: store)
    // A data set's head is one of the parts that are opened below.
    for flaw in named.unknown where flaw.folder == SealedScope.lineage.folder {
      try attempt(RegistryLayout.sealed) { _ in throw flaw.error }
    }
    expect(files: named.parts.count)
    for (commitment, file) in named.parts.sorted(by: { ByteOrder.precedes($0.value, $1.value) }) {
      try advance(file)
      try attempt(file) { try $0.store.sealed.check(commitment, in: file) }
    }
    try attempt(RegistryLayout.sealed) { try $0.checkRequestTags() }
    try checkStrangers(named)
  }

  /// That the tags by which requests are looked up are those of the requests, as far as these can be
  /// read.
  private mutating func checkRequestTags() throws {
    guard let digest = store.state.requestTags else { return }
    let file = SealedScope.requests.file(digest)
    guard try FileStatus(of: store.layout.path(file)) != nil else {
      note(file, "is missing: look-ups open every request until it is made again")
      return
    }
    try store.sealed.check(digest, in: file)
    guard let tags = store.requestTags() else {
      find(file, "does not verify: it is of other requests")
      return
    }
    if let ordinal = store.caseThat(misfits: tags) {
      find(file, "does not verify: it is not what case \(ordinal) asks for")
    }
  }

  /// That no others lie there; of some folders nothing is said, as not all that belongs there is known.
  private mutating func checkStrangers(_ named: NamedSealedParts) throws {
    let unknown = Set(named.unknown.map(\.folder))
    for scope in try DurableFiles.names(in: store.layout.path(RegistryLayout.sealed)) {
      let folder = "\(RegistryLayout.sealed)/\(scope)"
      guard try FileStatus(of: store.layout.path(folder))?.isFolder == true else {
        find(folder, "does not belong in a registry")
        continue
      }
      for name in try DurableFiles.names(in: store.layout.path(folder)) {
        let file = "\(folder)/\(name)"
        guard let status = try plainFile(file) else { continue }
        if status.mode != 0o600 {
          find(file, "is personal and has mode 0\(String(status.mode, radix: 8)), not 0600")
        }
        if name == SealedParts.keyName, status.size != SealedParts.keySize {
          find(file, "is no key of \(SealedParts.keySize) bytes")
        }
        if unknown.contains(folder) || named.files.contains(file)
          || (name == SealedParts.keyName && named.isScope(folder))
        {
          continue
        }
        findUnnamed(file)
      }
    }
  }

  /// Features against their receipts, and that what was erased is gone.
  mutating func checkFeatures() throws {
    try checkKept(in: RegistryLayout.features) { audit, digest in
      let name = RegistryLayout.features(digest)
      _ = try DerivedFile.entry(try audit.receipt(of: name), digest, name)
      if audit.store.state.erased.contains(digest) {
        audit.find(
          RegistryLayout.features(digest), "is there although the log says it was erased")
      }
    }
  }

  /// What is kept of broken-off trainings against its receipts.
  mutating func checkTraining() throws {
    try checkKept(in: RegistryLayout.training) { audit, digest in
      let name = RegistryLayout.training(digest)
      let receipt = try audit.receipt(of: name)
      guard receipt.kind == .training, receipt.key == digest, receipt.recordsByRoot != nil else {
        throw RegistryError.corrupted(file: name, reason: "it is of another training")
      }
    }
  }

  /// The receipt of a file, its bytes held against it; asks `progress` at every megabyte.
  private func receipt(of name: String) throws -> Receipt {
    let path = store.layout.path(name)
    let file = try FileDescriptor(reading: path, as: name)
    let receipted = try ReceiptedFile(of: file, named: name, key: store.state.keys[.engine])
    let end = receipted.start + (try receipted.size(of: file, named: name))
    let digest = try BlobStore.digest(ofFile: path, from: receipted.start, upTo: end) {
      try ask(name)
    }
    try receipted.check(digest, named: name)
    return receipted.receipt
  }

  private mutating func checkKept(
    in folder: String, _ check: (inout RegistryAudit, Digest) throws -> Void
  ) throws {
    let path = store.layout.path(folder)
    guard try mayRead(folder, orElse: "so nothing is said of it") else { return }
    let names = try DurableFiles.names(in: path)
    expect(files: names.count)
    for name in names {
      let file = "\(folder)/\(name)"
      try advance(file)
      guard let digest = Digest(hex: name), let status = try plainFile(file) else {
        if Digest(hex: name) == nil { find(file, "was not kept by this program") }
        continue
      }
      if status.mode & 0o077 != 0 {
        find(file, "is personal and has mode 0\(String(status.mode, radix: 8)), not 0600")
      }
      try attempt(file) { try check(&$0, digest) }
    }
  }
}
