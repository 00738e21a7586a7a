extension RegistryLayout {
  /// Refuses a registry in which a folder is a link, or something else lies in its place, before
  /// anything in it is written.
  ///
  /// That nothing is touched then is all this is for: what writes reaches folders without following
  /// links, whatever was seen here. Folders that are not there are made when they are wanted, and what
  /// stands in the way of one of scratch is removed by who wants it.
  ///
  /// Cost: an `lstat` a folder of the layout, and a pass over the names of those that have folders in
  /// them.
  ///
  /// - Throws: `RegistryError.corrupted` naming the first.
  func checkFolders() throws(RegistryError) {
    for (name, _) in Self.folders where !Self.isScratch(name) {
      guard let status = try FileStatus(of: path(name)) else { continue }
      guard status.isFolder else { throw .noFolder(name) }
    }
    for name in [Self.attestations, Self.sealed, Self.tiles]
    where DurableFiles.isReadable(path(name)) {
      if let link = try Folder(name, in: self).firstLink() { throw .noFolder("\(name)/\(link)") }
    }
  }
}
