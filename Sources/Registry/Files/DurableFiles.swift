import FoundationEssentials
import Glibc
import Records

/// The few ways files are written here, each safe against a crash at any moment.
enum DurableFiles {
  /// Makes a folder, if it is not there, and syncs its parent.
  static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws(RegistryError) {
    if let status = try FileStatus(of: path) {
      guard status.isFolder else { throw .system("make folder", path, ENOTDIR) }
      return
    }
    guard unsafe mkdir(path, mode_t(mode)) == 0 else { throw .lastSystemError("make folder", path) }
    try syncFolder(parent(of: path))
  }

  /// Replaces a file whole: temporary file, sync, rename, sync of the folder.
  static func replace(
    _ path: String, with bytes: [UInt8], mode: UInt32 = 0o644, staging: String
  ) throws(RegistryError) {
    var staged = try StagedFile(in: staging)
    try staged.write(bytes)
    try staged.finish(mode: mode)
    guard unsafe rename(staged.path, path) == 0 else {
      throw .lastSystemError("replace", path)
    }
    try syncFolder(parent(of: path))
  }

  /// Gives a finished staged file its name, unless the name is taken.
  ///
  /// - Returns: false when something of that name is there already; nothing is changed then.
  static func publish(
    _ staged: borrowing StagedFile, as path: String
  ) throws(RegistryError) -> Bool {
    // A hard link never replaces, on every file system; the staged name goes when its owner does.
    guard unsafe link(staged.path, path) == 0 else {
      if errno == EEXIST { return false }
      throw .lastSystemError("make", path)
    }
    try syncFolder(parent(of: path))
    return true
  }

  static func syncFolder(_ path: String) throws(RegistryError) {
    try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY, to: "open folder").sync()
  }

  static func remove(_ path: String) throws(RegistryError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else {
      throw .lastSystemError("remove", path)
    }
  }

  /// The longest file that is read whole, in bytes.
  static let sizeLimit = 1 << 34

  /// Reads a whole file.
  ///
  /// - Throws: `RegistryError.system` when it is missing or longer than `limit`, `.corrupted` when it
  ///   is no plain file.
  static func read(_ path: String, limit: Int = sizeLimit) throws(RegistryError) -> [UInt8] {
    guard let status = try FileStatus(of: path) else { throw .system("read", path, ENOENT) }
    // Nothing here was written as a link, a pipe or a device.
    guard status.isPlainFile else { throw .corrupted(file: path, reason: "it is no plain file") }
    guard status.size <= limit else { throw .system("read", path, EFBIG) }
    return try FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW).read(upTo: status.size)
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

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
