import Records
import Registry
import Signing

extension RegistryStore {
  /// The model signature of a version, in the OpenSSF format, its digest recomputed.
  func modelSignature(of version: VersionEntry) throws -> [UInt8] {
    try blobs.read(version.made.signature)
  }
}

extension VersionEntry {
  /// The files of the model as they are signed and exported.
  var modelFiles: [ModelFile] {
    RegistryStore.modelFiles(weights: weights, configuration: configuration)
  }

  /// The names an auditor may hold of it.
  var reference: VersionReference {
    VersionReference(
      name: name, digest: digest, modelRoot: ModelSignature.root(of: modelFiles),
      weights: weights, configuration: configuration)
  }
}
