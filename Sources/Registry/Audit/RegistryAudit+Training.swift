import Records

extension RegistryAudit {
  /// Every kept training against its signature, and that nothing else lies among them.
  mutating func checkTraining() throws {
    let folder = RegistryLayout.training
    guard let status = try FileStatus(of: store.layout.path(folder)) else { return }
    guard status.isFolder else {
      find(folder, "is no folder")
      return
    }
    let names = try DurableFiles.names(in: store.layout.path(folder))
    expect(files: names.count)
    for name in names {
      let file = "\(folder)/\(name)"
      try advance(file)
      guard let run = Digest(hex: name) else {
        find(file, "does not belong in a registry")
        continue
      }
      try attempt { audit throws(RegistryError) in
        _ = try audit.store.keptTraining(run)
        if let mode = try FileStatus(of: audit.store.layout.path(file))?.mode, mode & 0o077 != 0 {
          audit.find(file, "can be read by others (mode 0\(String(mode, radix: 8)))")
        }
      }
    }
  }
}
