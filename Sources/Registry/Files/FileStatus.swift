import Glibc

/// What the file system says of a path, links not followed.
struct FileStatus: Equatable {
  let size: Int
  let isFolder: Bool
  let isPlainFile: Bool
  let isLink: Bool
  /// The permission bits.
  let mode: UInt32
  /// Whose it is, by the number of the user.
  let owner: UInt32
  /// How many names the file has.
  let nameCount: Int
  /// Which file it is, and when it was last changed in any way.
  let identity: Identity

  struct Identity: Equatable {
    let device: UInt
    let number: UInt
    let written: Moment
    let changed: Moment
  }

  struct Moment: Equatable {
    let seconds: Int
    let nanoseconds: Int

    init(_ time: timespec) { (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec) }
  }

  /// Asks about a path; nil when nothing is there.
  init?(of path: String) throws(RegistryError) {
    try self.init(of: path, under: AT_FDCWD, as: path)
  }

  /// Asks about a path relative to an open folder; nil when nothing is there.
  init?(
    of path: String, under folder: Int32, as shown: String, followingLinks isFollowing: Bool = false
  ) throws(RegistryError) {
    guard !path.utf8.contains(0) else {
      throw .invalidName(what: "a file", value: path, rule: "it holds a NUL")
    }
    var status = stat()
    guard unsafe fstatat(folder, path, &status, isFollowing ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .lastSystemError("look at", shown)
    }
    self.init(status)
  }

  init(_ status: stat) {
    size = Int(status.st_size)
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isPlainFile = status.st_mode & S_IFMT == S_IFREG
    isLink = status.st_mode & S_IFMT == S_IFLNK
    mode = UInt32(status.st_mode & 0o777)
    owner = status.st_uid
    nameCount = Int(status.st_nlink)
    identity = Identity(
      device: UInt(status.st_dev), number: UInt(status.st_ino), written: Moment(status.st_mtim),
      changed: Moment(status.st_ctim))
  }
}
