import Glibc

extension Workplace {
  /// Refuses a path inside the registry for what a command writes beside it, so that no command that
  /// reads writes over the truth.
  ///
  /// It is asked before anything is computed. Links are followed, those too that lead to what is not
  /// there yet, and the registry is known by its folder's identity, not by how its path is spelt.
  ///
  /// - Throws: `Failure` naming the path.
  func checkOutside(_ path: String?) throws {
    guard let path, let registry = OutputPath.identity(of: registryPath) else { return }
    var folder = try OutputPath.real(Self.absolute(path))[...]
    repeat {
      guard OutputPath.identity(of: "/" + folder.joined(separator: "/")) != registry else {
        throw Failure(
          "'\(path)' lies in the registry", hint: "name a place outside '\(registryPath)'")
      }
    } while folder.popLast() != nil
  }
}

/// Where a path leads that a file is going to be written to.
enum OutputPath {
  /// What tells one file from all others of the machine.
  struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// How many links may lie on the way, as in the kernel.
  private static let linkLimit = 40

  /// The identity of what lies at a path, links followed; nil when nothing does.
  static func identity(of path: String) -> Identity? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }

  /// The names on the way from the root to where an absolute path leads, also where nothing lies
  /// there yet: `realpath` knows only what is there.
  ///
  /// - Throws: `Failure` for a path with more links than the system follows.
  static func real(_ path: String) throws -> [String] {
    var (reached, links): ([String], Int) = ([], 0)
    var rest = Array(names(of: path).reversed())
    while let name = rest.popLast() {
      if name == ".." {
        _ = reached.popLast()
        continue
      }
      let here = "/" + (reached + [name]).joined(separator: "/")
      guard let target = target(ofLink: here) else {
        reached.append(name)
        continue
      }
      links += 1
      guard links <= linkLimit else { throw Failure("'\(path)' leads through too many links") }
      if target.hasPrefix("/") { reached = [] }
      rest += names(of: target).reversed()
    }
    return reached
  }

  /// Makes a folder, and those above it, where there is none.
  static func makeFolder(_ path: String) throws(SystemRefusal) {
    if unsafe mkdir(path, 0o777) == 0 { return }
    var refusal = SystemRefusal.last
    if refusal.code == ENOENT, case let above = Workplace.folder(of: path), above != path {
      try makeFolder(above)
      // Another process may have made it meanwhile.
      refusal = unsafe mkdir(path, 0o777) == 0 ? SystemRefusal(code: EEXIST) : .last
    }
    guard refusal.code == EEXIST else { throw refusal }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .last }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemRefusal(code: ENOTDIR) }
  }

  private static func names(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  /// What a link says; nil for what is none.
  private static func target(ofLink path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) {
        unsafe $0.baseAddress.map { unsafe readlink(path, $0, Int(PATH_MAX)) } ?? -1
      }
    }
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
