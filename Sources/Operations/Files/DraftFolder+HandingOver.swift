import FoundationEssentials
import Glibc

extension DraftFolder {
  /// Waits until all that is in it is on the disk.
  func sync() throws(SystemRefusal) { try Self.sync(path) }

  /// Gives it the name of an empty folder, or of none, and the mode and owner that this had.
  ///
  /// - Returns: false where a folder is there that it cannot be put in place of.
  func takePlace(of own: String) throws(SystemRefusal) -> Bool {
    var (old, new) = (stat(), stat())
    guard unsafe fstat(number, &new) == 0 else { throw .last }
    let isThere = unsafe fstatat(parent, own, &old, AT_SYMLINK_NOFOLLOW) == 0
    if isThere, old.st_uid != new.st_uid || old.st_gid != new.st_gid {
      guard fchown(number, old.st_uid, old.st_gid) == 0 else { return false }
    }
    let wanted = isThere ? old.st_mode & 0o7777 : mode
    guard fchmod(number, wanted) == 0 || new.st_mode & 0o7777 == wanted else { throw .last }
    guard unsafe renameat(parent, shown, parent, own) == 0 else {
      let refusal = SystemRefusal.last
      if isThere, [EBUSY, EXDEV, EACCES, EPERM].contains(refusal.code) { return false }
      throw refusal
    }
    shown = own
    try Self.sync(folder: parent)
    return true
  }

  /// Moves what is in it up into the folder that it lies in, all or nothing, and goes.
  func pourOut() throws(SystemRefusal) {
    let names = try Self.names(below: path)
    for (index, name) in names.enumerated() {
      guard unsafe renameat(number, name, parent, name) == 0 else {
        let refusal = SystemRefusal.last
        for moved in names[..<index] { _ = unsafe renameat(parent, moved, number, moved) }
        throw refusal
      }
    }
    guard unsafe unlinkat(parent, name, AT_REMOVEDIR) == 0 else { throw .last }
    try Self.sync(folder: parent)
  }

  /// Syncs a file, or a folder after what is in it.
  private static func sync(_ path: String) throws(SystemRefusal) {
    let number = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw .last }
    defer { close(number) }
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .last }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in try names(below: path) { try sync("\(path)/\(name)") }
      try sync(folder: number)
    } else if fsync(number) != 0 {
      throw .last
    }
  }

  private static func names(below path: String) throws(SystemRefusal) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: path) } catch {
      throw SystemRefusal(code: EIO)
    }
  }

  /// Some file systems, as those of other machines, have nothing to sync in a folder.
  private static func sync(folder number: Int32) throws(SystemRefusal) {
    guard fsync(number) == 0 || errno == EINVAL else { throw .last }
  }
}
