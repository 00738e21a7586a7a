import Glibc

/// What the file system says of a path, links not followed.
struct FileStatus {
  let size: Int
  let isFolder: Bool
  let isPlainFile: Bool
  /// The permission bits.
  let mode: UInt32

  /// Asks about a path; nil when nothing is there.
  init?(of path: String) throws(RegistryError) {
    guard !path.utf8.contains(0) else {
      throw .invalidName(what: "a file", value: path, rule: "it holds a NUL")
    }
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .lastSystemError("look at", path)
    }
    size = Int(status.st_size)
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isPlainFile = status.st_mode & S_IFMT == S_IFREG
    mode = UInt32(status.st_mode & 0o777)
  }
}
