import FoundationEssentials
import Glibc

/// A folder under a name of its own in which something is made that is handed out whole.
///
/// Nobody else may look into it, and it is locked while its process lives: one that nobody holds is a
/// dead command's.
final class DraftFolder {
  let name: String
  /// Its whole path.
  let path: String
  let parent: Int32
  let number: Int32
  /// The mode that a new folder has here.
  let mode: mode_t
  /// What its files lie under in `parent` now.
  var shown: String

  /// Makes one for a folder of that name, and removes those there that dead commands left for it.
  init(for own: String, in folder: String) throws(SystemRefusal) {
    Self.sweep(own, in: folder)
    let parent = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw .last }
    do throws(SystemRefusal) {
      (name, number, mode) = try Self.make(for: own, under: parent)
    } catch {
      close(parent)
      throw error
    }
    self.parent = parent
    path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    shown = name
  }

  deinit {
    close(number)
    close(parent)
  }

  private static func make(
    for own: String, under parent: Int32
  ) throws(SystemRefusal) -> (name: String, number: Int32, mode: mode_t) {
    // Others who sweep may take one away before it is locked.
    for _ in 0..<16 {
      let name = DraftName.random(for: own)
      guard unsafe mkdirat(parent, name, 0o777) == 0 else {
        if errno == EEXIST { continue }
        throw .last
      }
      guard let (number, status) = hold(name, under: parent, isNew: true) else {
        _ = unsafe unlinkat(parent, name, AT_REMOVEDIR)
        continue
      }
      // A file system without modes has none to set.
      _ = fchmod(number, 0o700)
      return (name, number, status.st_mode & 0o7777)
    }
    throw SystemRefusal(code: EBUSY)
  }

  /// Opens and locks a folder of this user's; nil where it is another's, somebody holds it, or it has
  /// another name by now.
  ///
  /// On a file system without locks or owners a new one is the maker's all the same, and is not swept.
  private static func hold(
    _ name: String, under parent: Int32, isNew: Bool = false
  ) -> (number: Int32, status: stat)? {
    let number = unsafe openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { return nil }
    var (status, named) = (stat(), stat())
    let isHeld = flock(number, LOCK_EX | LOCK_NB) == 0 || isNew && errno != EWOULDBLOCK
    guard isHeld, unsafe fstat(number, &status) == 0,
      unsafe fstatat(parent, name, &named, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_dev == named.st_dev, status.st_ino == named.st_ino,
      isNew || status.st_uid == geteuid()
    else {
      close(number)
      return nil
    }
    return (number, status)
  }

  /// Removes what dead commands left in a folder for one of that name; what cannot be removed stays.
  static func sweep(_ own: String, in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let drafts = names.filter { DraftName.isOne($0, for: own) }
    guard !drafts.isEmpty else { return }
    let parent = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { return }
    defer { close(parent) }
    for name in drafts {
      guard let (number, _) = hold(name, under: parent) else { continue }
      remove(number, name, under: parent)
      close(number)
    }
  }

  /// Removes the folder with all that is in it, reached by the open folder and no name.
  private static func remove(_ number: Int32, _ name: String, under parent: Int32) {
    let path = "/proc/self/fd/\(number)"
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      try? FileManager.default.removeItem(atPath: "\(path)/\(entry)")
    }
    _ = unsafe unlinkat(parent, name, AT_REMOVEDIR)
  }

  func remove() { Self.remove(number, shown, under: parent) }
}
