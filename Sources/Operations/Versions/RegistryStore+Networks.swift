import NeuralNetworks
import Records
import Registry

extension RegistryStore {
  /// Reads a version's network from its stored bytes, their digests recomputed.
  func network(of version: VersionEntry) throws -> Network {
    try NetworkFiles(
      weights: try blobs.read(version.weights), configuration: try blobs.read(version.configuration)
    ).network()
  }

  /// Writes a candidate's files to the staging area, waits for the disk, and reads them back.
  ///
  /// What is judged are these bytes; the staged files themselves are unlinked, so that a candidate
  /// that is not kept, itself derived from the person, leaves nothing behind.
  func stagedCopy(of files: NetworkFiles) throws -> NetworkFiles {
    NetworkFiles(
      weights: try blobs.stageAndReadBack(files.weights),
      configuration: try blobs.stageAndReadBack(files.configuration))
  }

  /// Stores the files of a network and commits the version they make.
  func commit(
    _ files: NetworkFiles, _ lineage: Lineage, draft: [UInt8]? = nil
  ) throws -> VersionEntry {
    let weights = try blobs.put(files.weights)
    let configuration = try blobs.put(files.configuration)
    return try commit(lineage, weights: weights, configuration: configuration, draft: draft)
  }

  /// The model a first version belongs to: the one named at `init`.
  func defaultModel() throws -> String {
    try models().first ?? "model"
  }
}
