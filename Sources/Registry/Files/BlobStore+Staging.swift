extension BlobStore {
  /// Writes bytes to a staged file, waits for the disk, reads them back, and lets the file go.
  package func stageAndReadBack(_ bytes: [UInt8]) throws(RegistryError) -> [UInt8] {
    var staged = try stage()
    try staged.write(bytes)
    try staged.finish(mode: 0o400)
    return try staged.readBack()
  }
}
