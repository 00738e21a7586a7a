import Records

extension Mending {
  /// Removes from the sealed parts what no event names, whatever it is called.
  ///
  /// Of a scope of which not all names are known nothing is removed.
  mutating func removeFalseSealedParts() throws {
    let named = NamedSealedParts(in: store)
    for flaw in named.unknown { fail(flaw.error) }
    let unknown = Set(named.unknown.map(\.folder))
    clear(RegistryLayout.sealed, of: "no event names") { name, own, status in
      let folder = DurableFiles.parent(of: name)
      if folder == RegistryLayout.sealed {
        if unknown.contains(name) { return .stays }
        // A link may lead to parts that the log names.
        if status.isLink, named.scopes.contains(name) { throw RegistryError.noFolder(name) }
        return status.isFolder && named.isScope(name) ? .isEntered : .goes
      }
      return named.files.contains(name) || own == SealedParts.keyName && status.isPlainFile
        ? .stays : .goes
    }
  }

  /// Removes tags of requests that are not the requests'; look-ups open every request then.
  mutating func removeFalseTags() throws {
    guard let digest = store.state.requestTags else { return }
    let file = SealedScope.requests.file(digest)
    guard try FileStatus(of: layout.path(file)) != nil else { return }
    do throws(RegistryError) {
      try store.sealed.check(digest, in: file)
      if let tags = store.requestTags(), store.caseThat(misfits: tags) == nil { return }
    } catch {
      // What this user may not read, nobody else is kept from.
      guard case .corrupted = error else { throw error }
    }
    remove(file, "is not of the requests of the log")
  }
}
