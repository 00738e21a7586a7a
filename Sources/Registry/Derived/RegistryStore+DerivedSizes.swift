package import Records

extension RegistryStore {
  /// The size of a file of derived data, in bytes; nil where it is missing.
  package func byteCount(of entry: DerivedData) throws(RegistryError) -> Int? {
    try FileStatus(of: layout.path(RegistryLayout.derived(entry.digest)))?.size
  }

  /// The size of the file of a kept training, in bytes; nil where it is missing.
  package func byteCount(ofTraining run: Digest) throws(RegistryError) -> Int? {
    try FileStatus(of: layout.path(RegistryLayout.training(run)))?.size
  }
}
