import Records

extension RegistryStore {
  /// The index that the ledger asks for, without the newest `count` versions.
  func expectedIndex(withoutNewest count: Int = 0) throws(RegistryError) -> [UInt8] {
    let rows = try ledger.rows(
      """
      SELECT digest, model, number, manifest_size FROM versions
      WHERE log_index NOT IN (SELECT log_index FROM versions ORDER BY log_index DESC LIMIT ?1)
      ORDER BY model, number
      """, [.integer(count)])
    var manifests: [OCIDescriptor] = []
    for row in rows {
      manifests.append(
        OCIDescriptor(
          mediaType: OCIManifest.mediaType, digest: try row.digest(0), size: try row.integer(3),
          annotations: [OCIIndex.referenceName: "\(try row.text(1))@v\(try row.integer(2))"],
          artifactType: OCIManifest.artifactType))
    }
    return OCIIndex(manifests: manifests).text
  }

  /// Rewrites `index.json` when it is not what the ledger asks for.
  ///
  /// With `onlyIfStale` an index that differs in more than the newest version, which no interrupted
  /// writer leaves, is left for the audit to name.
  func settleIndex(onlyIfStale: Bool) throws(RegistryError) {
    let path = layout.path(RegistryLayout.index)
    let present: [UInt8]? =
      try FileStatus(of: path) == nil ? nil : try DurableFiles.read(path)
    let expected = try expectedIndex()
    guard present != expected else { return }
    if onlyIfStale, try present != expectedIndex(withoutNewest: 1) { return }
    try DurableFiles.replace(
      path, with: expected, staging: layout.path(RegistryLayout.staging))
  }
}
