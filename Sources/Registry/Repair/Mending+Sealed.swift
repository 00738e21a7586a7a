import Records

extension Mending {
  /// Removes from the sealed parts what no event names, whatever it is called.
  ///
  /// Of a scope of which not all names are known nothing is removed.
  mutating func removeFalseSealedParts() throws {
    let (named, layout) = (NamedSealedParts(in: store), layout)
    for flaw in named.unknown { fail(flaw.error) }
    let unknown = Set(named.unknown.map(\.folder))
    let missing = try named.parts.filter { try FileStatus(of: layout.path($0.value)) == nil }
    clear(RegistryLayout.sealed, of: "no event names") { name, own, status in
      let folder = DurableFiles.parent(of: name)
      if folder == RegistryLayout.sealed {
        if unknown.contains(name) { return .stays }
        // A link may lead to parts that the log names.
        if status.isLink, named.scopes.contains(name) { throw RegistryError.noFolder(name) }
        if status.isFolder, named.isScope(name) { return .isEntered }
        try Self.check(
          status.isFolder ? DurableFiles.names(in: layout.path(name)) : [own], missing, name)
        return .goes
      }
      if !named.files.contains(name) { try Self.check([own], missing, name) }
      return named.files.contains(name) || own == SealedParts.keyName && status.isPlainFile
        ? .stays : .goes
    }
  }

  /// Refuses to remove what is called as a part that the log names and that is missing: it may be it.
  private static func check(
    _ names: [String], _ missing: [Digest: String], _ place: String
  ) throws(RegistryError) {
    for name in names {
      guard let digest = Digest(hex: name), let file = missing[digest] else { continue }
      throw .system(
        operation: "remove", path: place,
        reason: "the log names a part that is missing and may be this; put it back to '\(file)'")
    }
  }

  /// Removes tags of requests that are not the requests'; look-ups open every request then.
  mutating func removeFalseTags() throws {
    guard let digest = store.state.requestTags else { return }
    let file = SealedScope.requests.file(digest)
    guard try FileStatus(of: layout.path(file)) != nil else { return }
    let key = "\(SealedScope.requests.folder)/\(SealedParts.keyName)"
    let hasKey = try FileStatus(of: layout.path(key)) != nil
    do throws(RegistryError) {
      try store.sealed.check(digest, in: file)
      if let tags = store.requestTags(), store.caseThat(misfits: tags) == nil { return }
    } catch {
      // What this user may not read, nobody else is kept from; without its key nobody reads it.
      if case .corrupted = error {} else if hasKey { throw error }
    }
    remove(file, "is not of the requests of the log")
    guard DurableFiles.readPlain(layout.path(key), limit: 1 << 10)?.count != SealedParts.keySize
    else { return }
    if hasKey { remove(key, "is no key") }
  }
}
