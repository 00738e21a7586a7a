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
    guard try FileStatus(of: file) != nil else { return nil }
    return String(decoding: try DurableFiles.read(file, limit: 1 << 10), as: UTF8.self)
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
  /// - Throws: `RegistryError.corrupted` when it is not signed by the log's key.
  func checkpoint(
    of id: String, keys: [SigningRole: PublicKey]
  ) throws(RegistryError) -> Checkpoint? {
    let path = file(of: id)
    guard try FileStatus(of: path) != nil else { return nil }
    return try Self.read(try DurableFiles.read(path, limit: 1 << 20), path, of: id, keys: keys)
  }

  /// Reads a checkpoint that somebody kept.
  static func read(
    _ note: [UInt8], _ path: String, of id: String, keys: [SigningRole: PublicKey]
  ) throws(RegistryError) -> Checkpoint {
    do throws(SigningError) {
      return try Checkpoint(
        verifying: note, origin: EventLog.origin(of: id), trusted: keys[.log].map { [$0] } ?? [])
    } catch {
      throw .corrupted(file: path, reason: "\(error)")
    }
  }

  /// Remembers a checkpoint instead of the one before, and that its registry lies there.
  func remember(_ note: [UInt8], of id: String, at directory: String) throws(RegistryError) {
    try Self.makeFolders(folder)
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
