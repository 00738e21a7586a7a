import Glibc
import Records

/// An open folder of a registry, reached from the registry's own without following a link.
///
/// What is made, named and removed in it is named relative to the open folder, so that a link that
/// somebody puts in the way leads nowhere, whenever it is put there. The registry's own folder may be
/// a link: it is the one that the user named.
struct Folder: ~Copyable {
  let number: Int32
  /// The whole path, for messages.
  let path: String

  /// Opens a folder named relative to the registry; an empty name is the registry's own.
  ///
  /// Cost: an `openat` a level.
  ///
  /// - Throws: `RegistryError.corrupted` naming what lies on the way and is no folder,
  ///   `.system` where nothing does.
  init(_ name: String, in layout: RegistryLayout) throws(RegistryError) {
    var number = unsafe open(layout.directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw .lastSystemError("open folder", layout.directory) }
    var reached = ""
    for level in name.split(separator: "/") {
      reached += reached.isEmpty ? "\(level)" : "/\(level)"
      let next = unsafe openat(
        number, String(level), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let failure = errno
      close(number)
      guard next >= 0 else {
        if failure == ENOTDIR || failure == ELOOP { throw .noFolder(reached) }
        throw .system("open folder", layout.path(reached), failure)
      }
      number = next
    }
    self.number = number
    path = name.isEmpty ? layout.directory : layout.path(name)
  }

  /// Takes over an open folder.
  init(number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  /// Opens the folder that something lies in, named relative to the registry.
  init(above name: String, in layout: RegistryLayout) throws(RegistryError) {
    try self.init(Self.split(name).folder, in: layout)
  }

  deinit { close(number) }

  /// A name relative to the registry, taken apart: the folder it lies in, and its own.
  static func split(_ name: String) -> (folder: String, own: String) {
    guard let slash = name.lastIndex(of: "/") else { return ("", name) }
    return (String(name[..<slash]), String(name[name.index(after: slash)...]))
  }

  /// What lies under a name; nil when nothing does.
  func status(of name: String) throws(RegistryError) -> FileStatus? {
    try FileStatus(of: name, under: number, as: "\(path)/\(name)")
  }

  /// Makes a folder; false when something of that name is there.
  func make(_ name: String, mode: UInt32) throws(RegistryError) -> Bool {
    if unsafe mkdirat(number, name, mode_t(mode)) == 0 { return true }
    guard errno == EEXIST else { throw .lastSystemError("make folder", "\(path)/\(name)") }
    return false
  }

  /// Removes a file, if it is there.
  func remove(_ name: String) throws(RegistryError) {
    guard unsafe unlinkat(number, name, 0) == 0 || errno == ENOENT else {
      throw .lastSystemError("remove", "\(path)/\(name)")
    }
  }

  /// Removes a folder that has nothing in it, if it is there.
  func removeFolder(_ name: String) throws(RegistryError) {
    guard unsafe unlinkat(number, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw .lastSystemError("remove folder", "\(path)/\(name)")
    }
  }

  /// Moves a file here, instead of what has its name.
  func move(
    _ name: String, from other: borrowing Folder, as target: String
  ) throws(RegistryError) {
    guard unsafe renameat(other.number, name, number, target) == 0 else {
      throw .lastSystemError("replace", "\(path)/\(target)")
    }
  }

  /// Gives a file a name here besides its own; false when the name is taken.
  func link(
    _ name: String, from other: borrowing Folder, as target: String
  ) throws(RegistryError) -> Bool {
    if unsafe linkat(other.number, name, number, target, 0) == 0 { return true }
    guard errno == EEXIST else { throw .lastSystemError("make", "\(path)/\(target)") }
    return false
  }

  /// Waits until the names in it are on the disk.
  func sync() throws(RegistryError) {
    guard fsync(number) == 0 else { throw .lastSystemError("sync", path) }
  }

  /// The first link among what lies in it.
  ///
  /// Cost: one pass over the names; most file systems say there what each is.
  func firstLink() throws(RegistryError) -> String? {
    let (link, unknown) = (Int(DT_LNK), Int(DT_UNKNOWN))
    for (name, kind) in try listing(of: [link, unknown]) {
      if kind == link { return name.shown }
      if try status(of: name)?.isLink == true { return name.shown }
    }
    return nil
  }
}

extension RegistryError {
  /// Something that is to be a folder of a registry and is a link, or a file.
  static func noFolder(_ name: String) -> RegistryError {
    let move =
      RegistryLayout.isMadeAgain(name) ? "; 'imu-registry fsck --repair' puts one there" : ""
    return .corrupted(
      file: name, reason: "it is no folder of this registry, but a link or a file" + move)
  }
}
