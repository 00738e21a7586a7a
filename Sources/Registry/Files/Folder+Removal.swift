import Glibc

/// A name in a folder as the disk has it, which need be no text.
struct EntryName: Equatable {
  /// With the NUL at its end.
  let bytes: [CChar]

  init(_ text: String) { bytes = Array(text.utf8CString) }

  init(bytes: [CChar]) { self.bytes = bytes }

  private var own: [UInt8] { bytes.dropLast().map { UInt8(bitPattern: $0) } }

  /// The name; nil where it is no text, as no name of this program's is.
  var text: String? { String(validating: own, as: UTF8.self) }

  /// The name for messages.
  var shown: String { RegistryError.printable(String(decoding: own, as: UTF8.self)) }
}

extension Folder {
  /// Opens a folder in another, without following a link; its owner may read it then, whatever its mode
  /// was.
  init(opening name: EntryName, in parent: borrowing Folder) throws(RegistryError) {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let path = "\(parent.path)/\(name.shown)"
    parent.letOwnerIn(name)
    let number = unsafe openat(parent.number, name.bytes, flags)
    guard number >= 0 else { throw .lastSystemError("open folder", path) }
    self.init(number: number, path: path)
  }

  /// Every name in it, sorted bytewise.
  func entries() throws(RegistryError) -> [EntryName] {
    try listing().map(\.name).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// Every name in it, in no order, with the kind of thing that it is of, as in `d_type`; of some kinds
  /// only where these are given.
  func listing(
    of kinds: [Int]? = nil
  ) throws(RegistryError) -> [(name: EntryName, kind: Int)] {
    // The stream takes its descriptor over, so it gets one of its own.
    let own = unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { throw .lastSystemError("list", path) }
    guard let stream = unsafe fdopendir(own) else {
      close(own)
      throw .lastSystemError("list", path)
    }
    defer { unsafe closedir(stream) }
    var entries: [(name: EntryName, kind: Int)] = []
    while let entry = unsafe readdir(stream) {
      let kind = unsafe Int(entry.pointee.d_type)
      guard kinds?.contains(kind) ?? true, let offset = MemoryLayout<dirent>.offset(of: \.d_name)
      else { continue }
      let text = unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      let bytes = unsafe Array(UnsafeBufferPointer(start: text, count: strlen(text) + 1))
      entries.append((EntryName(bytes: bytes), kind))
    }
    return entries.filter { $0.name != EntryName(".") && $0.name != EntryName("..") }
  }

  /// What lies under a name; nil when nothing does.
  func status(of name: EntryName) throws(RegistryError) -> FileStatus? {
    var status = stat()
    guard unsafe fstatat(number, name.bytes, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw .lastSystemError("look at", "\(path)/\(name.shown)")
    }
    return FileStatus(status)
  }

  /// Removes what has a name, whatever it is and whatever lies in it; no link is followed.
  ///
  /// Folders in it are moved up into the one that goes before they are emptied, so that of any depth
  /// only three are open at a time.
  func removeAll(_ name: EntryName) throws(RegistryError) {
    if try unlink(name) { return }
    let folder = try Folder(opening: name, in: self)
    var moved = 0
    var entries = try folder.entries()
    while !entries.isEmpty {
      for entry in entries where try !folder.unlink(entry) {
        try folder.raise(entry, &moved)
        try folder.removeFolder(entry)
      }
      entries = try folder.entries()
    }
    try removeFolder(name)
  }

  /// Removes what is no folder; false where it is one.
  private func unlink(_ name: EntryName) throws(RegistryError) -> Bool {
    if unsafe unlinkat(number, name.bytes, 0) == 0 || errno == ENOENT { return true }
    let failure = errno
    guard try status(of: name)?.isFolder == true else {
      throw .system("remove", "\(path)/\(name.shown)", failure)
    }
    return false
  }

  /// Empties a folder in this one: what is no folder goes, the others come up into this one.
  private func raise(_ name: EntryName, _ moved: inout Int) throws(RegistryError) {
    let inner = try Folder(opening: name, in: self)
    for entry in try inner.entries() where try !inner.unlink(entry) {
      inner.letOwnerIn(entry)
      var isMoved = false
      while !isMoved {
        moved += 1
        isMoved = unsafe renameat(inner.number, entry.bytes, number, "\(moved)") == 0
        guard isMoved || [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else {
          throw .lastSystemError("move", "\(inner.path)/\(entry.shown)")
        }
      }
    }
  }

  private func removeFolder(_ name: EntryName) throws(RegistryError) {
    guard unsafe unlinkat(number, name.bytes, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw .lastSystemError("remove folder", "\(path)/\(name.shown)")
    }
  }

  /// Gives a folder's owner what it takes to empty it; where that fails the emptying tells.
  func letOwnerIn(_ name: EntryName) {
    guard let status = try? status(of: name), status.isFolder, status.mode & 0o700 != 0o700 else {
      return
    }
    try? setMode(of: name, 0o700)
  }

  /// Sets the permissions of a file or folder, of no other that a link leads to.
  func setMode(of name: EntryName, _ mode: UInt32) throws(RegistryError) {
    // Opened for nothing but its place; Linux has no other way to leave links alone.
    let pathOnly: Int32 = 0o10_000_000
    let file = unsafe openat(number, name.bytes, pathOnly | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw .lastSystemError("open", "\(path)/\(name.shown)") }
    defer { close(file) }
    guard unsafe chmod("/proc/self/fd/\(file)", mode_t(mode)) == 0 else {
      throw .lastSystemError("set the mode of", "\(path)/\(name.shown)")
    }
  }
}
