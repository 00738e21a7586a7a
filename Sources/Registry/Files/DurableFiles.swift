import FoundationEssentials
import Glibc
import Records

/// The few ways files of a registry are written, each safe against a crash at any moment and against
/// links in the place of folders; and the ways they are read.
///
/// What is written is named relative to the registry, what is read by its whole path.
enum DurableFiles {
  /// Makes a folder, if it is not there, and syncs its parent.
  ///
  /// What stands in the way of a folder of scratch and is none is nobody's, and is removed.
  ///
  /// - Throws: `RegistryError.corrupted` when something else lies in the place of another.
  static func makeFolder(
    _ name: String, in layout: RegistryLayout, mode: UInt32 = 0o755
  ) throws(RegistryError) {
    let own = Folder.split(name).own
    let parent = try Folder(above: name, in: layout)
    if let status = try parent.status(of: own) {
      if status.isFolder { return }
      guard RegistryLayout.isScratch(name) else { throw .noFolder(name) }
      try parent.remove(own)
    }
    // Another process may make it at the same moment.
    _ = try parent.make(own, mode: mode)
    try parent.sync()
  }

  /// Makes a folder outside of any registry, if it is not there, and syncs its parent.
  static func makeFolder(atPath path: String) throws(RegistryError) {
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw .lastSystemError("make folder", path)
    }
    try FileDescriptor(opening: parent(of: path), O_RDONLY | O_DIRECTORY, to: "open folder").sync()
  }

  /// Replaces a file whole: temporary file, sync, rename, sync of the folder.
  ///
  /// A folder that lies in the place of a file is put out of the way.
  static func replace(
    _ name: String, in layout: RegistryLayout, with bytes: [UInt8], mode: UInt32 = 0o644,
    staging: StagingArea, isDurable: Bool = true
  ) throws(RegistryError) {
    var staged = try staging.open()
    try staged.write(bytes)
    try staged.finish(mode: mode, isDurable: isDurable)
    let own = Folder.split(name).own
    let folder = try Folder(above: name, in: layout)
    if try folder.status(of: own)?.isFolder == true { try staging.putAside(own, of: folder) }
    try folder.move(staged.name, from: staged.area.folder, as: own)
    if isDurable { try folder.sync() }
  }

  /// Gives a finished staged file its name, unless the name is taken; by a folder it is not, which is
  /// nobody's there and is put out of the way.
  ///
  /// - Returns: false when something of that name is there already; nothing is changed then.
  static func publish(
    _ staged: borrowing StagedFile, as name: String, in layout: RegistryLayout
  ) throws(RegistryError) -> Bool {
    let own = Folder.split(name).own
    let folder = try Folder(above: name, in: layout)
    // A hard link never replaces, on every file system; the staged name goes when its owner does.
    if try !folder.link(staged.name, from: staged.area.folder, as: own) {
      guard try folder.status(of: own)?.isFolder == true else { return false }
      try staged.area.putAside(own, of: folder)
      guard try folder.link(staged.name, from: staged.area.folder, as: own) else { return false }
    }
    try folder.sync()
    return true
  }

  static func syncFolder(_ name: String, in layout: RegistryLayout) throws(RegistryError) {
    try Folder(name, in: layout).sync()
  }

  static func remove(_ name: String, in layout: RegistryLayout) throws(RegistryError) {
    try Folder(above: name, in: layout).remove(Folder.split(name).own)
  }

  /// Removes what has a name, a folder with all that lies in it.
  static func removeWhole(_ name: String, in layout: RegistryLayout) throws(RegistryError) {
    try Folder(above: name, in: layout).removeAll(EntryName(Folder.split(name).own))
  }

  /// Removes the folders in a folder that have nothing in them.
  static func removeEmptyFolders(in name: String, of layout: RegistryLayout) {
    guard let folder = try? Folder(name, in: layout) else { return }
    for entry in (try? names(in: layout.path(name))) ?? [] { try? folder.removeFolder(entry) }
  }

  /// How a file is opened that is there and is to be changed.
  static let writing = O_RDWR | O_NOFOLLOW | O_NONBLOCK

  /// The longest file that is read whole without a limit of its own, in bytes.
  static let sizeLimit = 1 << 30

  /// Reads a whole file.
  ///
  /// - Throws: `RegistryError.system` when it is missing or cannot be read, `.corrupted` when it is no
  ///   plain file or longer than `limit`, before anything of it is read.
  static func read(_ path: String, limit: Int = sizeLimit) throws(RegistryError) -> [UInt8] {
    try read(FileDescriptor(reading: path), limit)
  }

  /// Reads a whole file that a person named; where that is a link, the file it leads to.
  static func read(named path: String, limit: Int) throws(RegistryError) -> [UInt8] {
    try read(FileDescriptor(reading: path, followingLinks: true), limit)
  }

  private static func read(
    _ file: borrowing FileDescriptor, _ limit: Int
  ) throws(RegistryError) -> [UInt8] {
    let size = try file.status().size
    guard size <= limit else { throw .tooLong(file.path, size, limit) }
    return try file.read(upTo: size)
  }

  /// Reads a plain file whole, with as few calls of the system as there can be; nil for all else.
  static func readPlain(_ path: String, limit: Int = sizeLimit) -> [UInt8]? {
    guard
      let file = try? FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    else { return nil }
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= limit
    else { return nil }
    return try? file.read(upTo: Int(status.st_size))
  }

  /// Reads a file whose size the system does not say, such as one below `/proc`, up to a megabyte.
  static func readWhole(_ path: String) throws(RegistryError) -> [UInt8] {
    try FileDescriptor(opening: path, O_RDONLY).read(upTo: 1 << 20)
  }

  /// The names in a folder, sorted bytewise.
  static func names(in path: String) throws(RegistryError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .sorted(by: ByteOrder.precedes)
    } catch {
      throw .system(operation: "list", path: path, reason: "it cannot be read")
    }
  }

  /// Everything below a folder that is no folder, relative to it, sorted.
  static func filesBelow(_ path: String) throws(RegistryError) -> [String] {
    var files: [String] = []
    for name in try names(in: path) {
      if try FileStatus(of: "\(path)/\(name)")?.isFolder == true {
        files += try filesBelow("\(path)/\(name)").map { "\(name)/\($0)" }
      } else {
        files.append(name)
      }
    }
    return files
  }

  /// Whether there is a folder that this process may list.
  static func isReadable(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      && mayUse(path, R_OK | X_OK)
  }

  static func isWritable(_ path: String) -> Bool { mayUse(path, W_OK) }

  static func isReadableFile(_ path: String) -> Bool { mayUse(path, R_OK) }

  /// Asks as what opening a file goes by: the user this process acts for, not who started it.
  private static func mayUse(_ path: String, _ mode: Int32) -> Bool {
    unsafe faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension RegistryError {
  /// A file that is longer than it was written, or than any of its kind is.
  static func tooLong(_ file: String, _ size: Int, _ limit: Int) -> RegistryError {
    .corrupted(file: file, reason: "it has \(size) bytes and may have \(limit)")
  }
}
