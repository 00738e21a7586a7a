import FoundationEssentials
import Glibc

/// An open folder outside the registry, below which nothing is reached through a link.
///
/// The folder itself may be one: it is what its user made. What lies in it anybody may have put there, so
/// files and folders are opened, made and named relative to the open folder.
struct OutputFolder: ~Copyable {
  private let number: Int32
  private let path: String

  /// Opens a folder, for its keeper's eyes where it has to be made.
  init(making path: String) throws {
    // Whether that went well is what opening it says.
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw Failure("write", path, .last) }
    self.number = number
    self.path = path
  }

  private init(_ name: String, in parent: borrowing OutputFolder) throws {
    // That it is there already is no failure.
    _ = unsafe mkdirat(parent.number, name, 0o700)
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let number = unsafe openat(parent.number, name, flags)
    guard number >= 0 else { throw parent.failure(of: name, .last) }
    self.number = number
    path = "\(parent.path)/\(name)"
  }

  deinit { close(number) }

  /// Writes a file whole, unless it is there with the same bytes; a personal one for its keeper's eyes
  /// alone.
  ///
  /// The name is relative to the folder, and the folders on the way are made.
  ///
  /// - Throws: `Failure` naming the file, or the link in its way.
  func write(_ bytes: [UInt8], to name: some StringProtocol, isPersonal: Bool) throws {
    if let slash = name.firstIndex(of: "/") {
      return try OutputFolder(String(name[..<slash]), in: self)
        .write(bytes, to: name[name.index(after: slash)...], isPersonal: isPersonal)
    }
    let name = String(name)
    guard kind(of: name) != S_IFLNK else { throw failure(of: name, SystemRefusal(code: ELOOP)) }
    if holds(name, bytes, isPersonal: isPersonal) { return }
    let mode: mode_t = isPersonal ? 0o600 : 0o666
    do throws(SystemRefusal) {
      try WholeFile.replace(name, under: number, with: bytes, mode: mode)
    } catch {
      throw failure(of: name, error)
    }
  }

  /// Whether a plain file has these bytes, and is not open to others if it may not be.
  private func holds(_ name: String, _ bytes: [UInt8], isPersonal: Bool) -> Bool {
    let file = unsafe openat(number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == bytes.count, !(isPersonal && status.st_mode & 0o077 != 0)
    else { return false }
    return WholeFile.read(file, upTo: bytes.count) == bytes
  }

  /// What kind of thing lies under a name, as in `st_mode`; nil when nothing does.
  private func kind(of name: String) -> mode_t? {
    var status = stat()
    guard unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }

  private func failure(of name: String, _ refusal: SystemRefusal) -> Failure {
    let path = "\(path)/\(name)"
    guard kind(of: name) == S_IFLNK else { return Failure("write", path, refusal) }
    return Failure("'\(path)' is a link, and no report is written through one", hint: "remove it")
  }
}
