import Records

extension Mending {
  /// Takes away what others may do with what is personal, and that they may write anything.
  ///
  /// A private key that others could read is left as it is: somebody has to make up their mind about it.
  mutating func mendModes() {
    for (name, _) in RegistryLayout.folders where FolderMode(name).isTop {
      attempt { mending in
        let registry = try Folder("", in: mending.layout)
        try mending.mendMode(of: EntryName(name), in: registry, FolderMode(name))
      }
    }
    for name in [
      RegistryLayout.marker, RegistryLayout.index, RegistryLayout.ledger,
    ] {
      attempt { mending in
        let registry = try Folder("", in: mending.layout)
        try mending.mendMode(of: EntryName(name), in: registry, FolderMode(name))
      }
    }
  }

  private mutating func mendMode(
    of entry: EntryName, in folder: borrowing Folder, _ place: FolderMode
  ) throws(RegistryError) {
    guard let status = try folder.status(of: entry), status.isFolder || status.isPlainFile else {
      return
    }
    let wanted = place.mode(of: status)
    if wanted != status.mode {
      try folder.setMode(of: entry, wanted)
      repair.done.append(
        "set the mode of \(place.name) to 0\(String(wanted, radix: 8)); it was "
          + "0\(String(status.mode, radix: 8))")
    }
    guard status.isFolder, place.depth < 8 else { return }
    let inner = try Folder(opening: entry, in: folder)
    for entry in try inner.entries() {
      do throws(RegistryError) {
        try mendMode(of: entry, in: inner, FolderMode("\(place.name)/\(entry.shown)"))
      } catch {
        fail(error)
      }
    }
  }
}

/// What may be done with a file of a registry by whom, by where it lies.
private struct FolderMode {
  let name: String

  init(_ name: String) { self.name = name }

  var isTop: Bool { !name.contains("/") }

  var depth: Int { name.utf8.count { $0 == UInt8(ascii: "/") } }

  func mode(of status: FileStatus) -> UInt32 {
    if status.isFolder {
      return RegistryLayout.isPersonal(name) ? 0o700 : (status.mode | 0o700) & ~0o022
    }
    if RegistryLayout.isScratch(name) { return status.mode & ~0o077 }
    return RegistryLayout.isPersonal(name) ? 0o600 : status.mode & ~0o022
  }
}
