import FoundationEssentials
import Glibc

/// A folder that gets all of what a command hands out, or nothing.
enum EmptyFolder {
  /// Has something written for a folder that is empty or not there.
  ///
  /// It is written beside it, and gets its name when it is whole: a command that is killed leaves the
  /// folder as it was, and the next one like it removes what lies beside. A folder that cannot be
  /// replaced, being what a file system is mounted on, say, or the one that is worked in, is filled.
  ///
  /// - Throws: `Failure` for any other folder, or while another command fills it; what the body throws.
  static func fill(_ folder: String, _ body: (_ place: String) throws -> Void) throws {
    let path = try target(folder)
    let mode = try modeOfEmpty(path, as: folder)
    let beside = try UnfinishedFolder(beside: path, as: folder)
    try body(beside.path)
    if let mode { _ = unsafe chmod(beside.path, mode) }
    if !isWorkedIn(path), unsafe rename(beside.path, path) == 0 { return }
    guard mode != nil else { throw Failure("cannot make folder '\(folder)'") }
    try move(beside.path, into: path, as: folder)
  }

  /// The path without slashes at its end, of what a link leads to.
  private static func target(_ folder: String) throws -> String {
    guard !folder.isEmpty else { throw Failure("'' is no folder", hint: "name one") }
    if let real = unsafe realpath(folder, nil) {
      defer { unsafe free(real) }
      return unsafe String(cString: real)
    }
    var path = folder[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }

  /// Whether it is the folder that the process, and whoever started it, works in.
  private static func isWorkedIn(_ path: String) -> Bool {
    var (one, other) = (stat(), stat())
    return unsafe stat(path, &one) == 0 && stat(".", &other) == 0
      && (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)
  }

  /// The mode of a folder that is there and empty; nil when nothing is there.
  private static func modeOfEmpty(_ path: String, as folder: String) throws -> mode_t? {
    let files = FileManager.default
    guard files.fileExists(atPath: path) else { return nil }
    var status = stat()
    guard let names = try? files.contentsOfDirectory(atPath: path), names.isEmpty,
      unsafe stat(path, &status) == 0
    else {
      throw Failure("'\(folder)' is not an empty folder", hint: "name one that is not there yet")
    }
    return status.st_mode & 0o7777
  }

  /// Moves all there is into a folder; when that fails it is emptied again.
  private static func move(_ source: String, into path: String, as folder: String) throws {
    let files = FileManager.default
    do {
      for name in try files.contentsOfDirectory(atPath: source) {
        try files.moveItem(atPath: "\(source)/\(name)", toPath: "\(path)/\(name)")
      }
    } catch {
      for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
        try? files.removeItem(atPath: "\(path)/\(name)")
      }
      throw Failure("cannot write into '\(folder)'", hint: "see that it can be written to")
    }
  }
}

/// A folder beside another that is not whole yet, held by the command that fills it; it goes with it.
private struct UnfinishedFolder: ~Copyable {
  let path: String
  private let number: Int32

  /// Makes it, in the place of what a dead command has left.
  init(beside target: String, as folder: String) throws {
    let slash = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
    let parent = target[..<slash].isEmpty ? "./" : String(target[..<slash])
    let path = "\(parent).\(target[slash...]).unfinished-export"
    let files = FileManager.default
    try? files.createDirectory(atPath: parent, withIntermediateDirectories: true)
    _ = unsafe mkdir(path, 0o777)
    let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw Failure("cannot make folder '\(folder)'") }
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
      close(number)
      throw Failure(
        "another command fills '\(folder)'", hint: "wait for it, or name another folder")
    }
    for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
      try? files.removeItem(atPath: "\(path)/\(name)")
    }
    // From here on it is this one's, and goes with it.
    (self.path, self.number) = (path, number)
  }

  deinit {
    // Where it has got its name nothing is there any more.
    var (own, other) = (stat(), stat())
    if unsafe fstat(number, &own) == 0, unsafe lstat(path, &other) == 0, own.st_ino == other.st_ino
    {
      try? FileManager.default.removeItem(atPath: path)
    }
    close(number)
  }
}
