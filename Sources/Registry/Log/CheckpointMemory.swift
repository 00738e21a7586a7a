import Glibc
import Records
import Signing
import TransparencyLog

/// The last checkpoint of each registry, remembered outside of it, in a folder of the user's.
///
/// With it a registry that was put back to what it was, or replaced, is noticed.
package struct CheckpointMemory: Sendable {
  /// Such as `~/.local/state/imu-registry`.
  package let folder: String

  package init(folder: String) { self.folder = folder }

  package func file(of id: String) -> String { "\(folder)/\(id)" }

  /// The files that say which registry lay in a directory when it was last written.
  ///
  /// One is of its path as it was said, one of where that leads: neither a link in its place nor one on
  /// the way makes it another place.
  func files(ofPlace directory: String) -> [String] {
    let paths = [Self.spelt(directory), FileSystem.absolute(directory)]
    return Set(paths).sorted(by: ByteOrder.precedes).map { path in
      "\(folder)/place-\(SHA256.digest(of: Array(path.utf8)).hex.prefix(32))"
    }
  }

  /// The first of these files that says another id, and so that the registry was replaced.
  func file(ofPlace directory: String, sayingOtherThan id: String) throws(RegistryError) -> String?
  {
    for file in files(ofPlace: directory) {
      if let other = try Self.id(in: file), other != id { return file }
    }
    return nil
  }

  private static func id(in file: String) throws(RegistryError) -> String? {
    guard try isThere(file) else { return nil }
    let text = String(decoding: try bytes(of: file, limit: 1 << 10), as: UTF8.self)
    guard Hexadecimal.decode(text)?.count == 16 else {
      throw .notKept(file: file, reason: "it names no registry", isRemembered: true)
    }
    return text
  }

  /// Whether something is remembered in a file; where it cannot be told, nobody may take it for no.
  private static func isThere(_ file: String) throws(RegistryError) -> Bool {
    do throws(RegistryError) {
      return try FileStatus(of: file) != nil
    } catch .system(let operation, let path, let reason) {
      throw .system(
        operation: operation, path: path,
        reason: "\(reason); set XDG_STATE_HOME to a folder of yours that you can read and write")
    }
  }

  /// What is in a remembered file; one that is no file, or too long, is as damaged as one with other
  /// text.
  private static func bytes(of file: String, limit: Int) throws(RegistryError) -> [UInt8] {
    do throws(RegistryError) {
      return try DurableFiles.read(file, limit: limit)
    } catch .corrupted(_, let reason) {
      throw .notKept(file: file, reason: reason, isRemembered: true)
    }
  }

  /// The absolute path as a person spells it, links left as they are.
  private static func spelt(_ path: String) -> String {
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)").split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The folder the process works in, as the shell names it where that is true.
  private static var workingDirectory: String {
    let resolved = FileSystem.absolute(".")
    guard let named = unsafe getenv("PWD") else { return resolved }
    let path = unsafe String(cString: named)
    return path.hasPrefix("/") && FileSystem.absolute(path) == resolved ? path : resolved
  }

  /// The remembered checkpoint; nil when none is.
  ///
  /// - Throws: `RegistryError.notKept` when it is not signed by the log's key.
  func checkpoint(
    of id: String, keys: [SigningRole: PublicKey]
  ) throws(RegistryError) -> Checkpoint? {
    let path = file(of: id)
    guard try Self.isThere(path) else { return nil }
    return try Self.read(
      try Self.bytes(of: path, limit: 1 << 20), path, of: id, keys: keys, isRemembered: true)
  }

  /// Reads a checkpoint that somebody kept.
  static func read(
    _ note: [UInt8], _ path: String, of id: String, keys: [SigningRole: PublicKey],
    isRemembered: Bool = false
  ) throws(RegistryError) -> Checkpoint {
    guard !note.isEmpty else {
      throw .notKept(file: path, reason: "it is empty", isRemembered: isRemembered)
    }
    do throws(SigningError) {
      return try Checkpoint(
        verifying: note, origin: EventLog.origin(of: id), trusted: keys[.log].map { [$0] } ?? [])
    } catch {
      throw .notKept(file: path, reason: "\(error)", isRemembered: isRemembered)
    }
  }

  /// How long it is waited for who remembers something at the same time.
  private static let patience = Duration.seconds(2)

  /// Does something while nobody else remembers anything: what is remembered must not become less
  /// between a look and a write.
  ///
  /// - Throws: `RegistryError.system` where somebody else holds the folder too long.
  func alone(_ body: () throws(RegistryError) -> Void) throws(RegistryError) {
    try Self.makeFolders(folder)
    let hold = try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY, to: "open folder")
    let isHeld = try Self.patience.insisting { () throws(RegistryError) in
      flock(hold.number, LOCK_EX | LOCK_NB) == 0 ? true : nil
    }
    guard isHeld != nil else {
      throw .system(
        operation: "remember a checkpoint in", path: folder,
        reason: "another process holds the folder")
    }
    try body()
    extendLifetime(hold)
  }

  /// Remembers a checkpoint instead of the one before, and that its registry lies there.
  func remember(_ note: [UInt8], of id: String, at directory: String) throws(RegistryError) {
    try write(note, to: file(of: id))
    for file in files(ofPlace: directory) where try Self.id(in: file) != id {
      try write(Array(id.utf8), to: file)
    }
  }

  /// Replaces a file whole: new file, sync, rename, sync of the folder.
  private func write(_ bytes: [UInt8], to path: String) throws(RegistryError) {
    // A name that nobody can have put a link under.
    let temporary = "\(path).\(Hexadecimal.encode(try Randomness.bytes(8)))"
    let made = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let file = try FileDescriptor(opening: temporary, made, mode: 0o600, to: "make")
    do throws(RegistryError) {
      try file.write(bytes)
      try file.sync()
      guard unsafe rename(temporary, path) == 0 else {
        throw .lastSystemError("replace", path)
      }
      try Self.sync(folder)
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
  }

  private static func makeFolders(_ path: String) throws(RegistryError) {
    if try FileStatus(of: path) != nil { return }
    let parent = DurableFiles.parent(of: path)
    if parent != path { try makeFolders(parent) }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw .lastSystemError("make folder", path)
    }
    try sync(parent)
  }

  private static func sync(_ folder: String) throws(RegistryError) {
    try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY, to: "open folder").sync()
  }
}
