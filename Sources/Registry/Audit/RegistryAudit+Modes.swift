import Records

extension RegistryAudit {
  /// Who else may read what is personal, and who may write anything.
  ///
  /// The program makes `sealed`, `work` and what is below them for its keeper alone, and nothing that
  /// others may write. Cost: an `lstat` a file.
  mutating func checkModes() throws {
    let layout = store.layout
    if let mode = try FileStatus(of: "\(layout.directory)/.")?.mode, mode & 0o022 != 0 {
      // People make it themselves, and some for a group.
      let problem = "can be written by others (mode \(Self.octal(mode)))"
      if mode & 0o002 != 0 { find(".", problem) } else { note(".", problem) }
    }
    for name in try DurableFiles.names(in: layout.directory)
    where RegistryLayout.topLevel.contains(name) {
      try checkMode(name, depth: 0)
    }
  }

  /// Folders of a registry lie no deeper than this.
  private static let depthLimit = 8

  private mutating func checkMode(_ name: String, depth: Int) throws {
    guard let status = try FileStatus(of: store.layout.path(name)) else { return }
    // Of other places the checks of what belongs there tell.
    let isWriters = [RegistryLayout.staging, RegistryLayout.runs].contains {
      name.hasPrefix("\($0)/")
    }
    if status.isLink, isWriters { find(name, "is a link, which no writer follows") }
    guard status.isFolder || status.isPlainFile else { return }
    let isPersonal = RegistryLayout.isPersonal(name)
    if isPersonal, status.isFolder, status.mode & 0o077 != 0 {
      find(name, "is personal and has mode \(Self.octal(status.mode)), not 0700")
    } else if !isPersonal, status.mode & 0o022 != 0 {
      find(name, "can be written by others (mode \(Self.octal(status.mode)))")
    }
    guard status.isFolder, depth < Self.depthLimit,
      DurableFiles.isReadable(store.layout.path(name))
    else { return }
    for inner in try DurableFiles.names(in: store.layout.path(name)) {
      try checkMode("\(name)/\(inner)", depth: depth + 1)
    }
  }

  private static func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }
}
