import NeuralNetworks
import Records
import Registry

extension RegistryStore {
  /// Reads a version's network from its stored bytes, their digests recomputed.
  func network(of version: VersionEntry) throws -> Network {
    try NetworkFiles(
      weights: try weights(of: version), configuration: try blobs.read(version.configuration)
    ).network()
  }

  /// A version's network as it lies in the store: its weights stay in their file.
  ///
  /// The digest of the configuration is recomputed, that of the weights is not.
  func storedNetwork(of version: VersionEntry) throws -> StoredNetwork {
    _ = try blobs.size(of: version.weights)
    let file = try Safetensors.open(blobs.path(of: version.weights))
    return try StoredNetwork(try configuration(of: version), in: file)
  }

  /// The same, once the digest of the weights is recomputed, too.
  func verifiedNetwork(of version: VersionEntry) throws -> StoredNetwork {
    try verifyWeights(of: version)
    return try storedNetwork(of: version)
  }

  /// A version's configuration, its digest recomputed.
  func configuration(of version: VersionEntry) throws -> NetworkConfiguration {
    try CanonicalText.decode(
      NetworkConfiguration.self, from: try blobs.read(version.configuration),
      what: NetworkFiles.configurationName)
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

  /// Stores the files of a network.
  func put(_ files: NetworkFiles) throws -> StoredFiles {
    StoredFiles(
      weights: try blobs.put(files.weights), configuration: try blobs.put(files.configuration))
  }
}

/// The files of a network in the store, by their digests.
struct StoredFiles {
  let weights: Digest
  let configuration: Digest
}
