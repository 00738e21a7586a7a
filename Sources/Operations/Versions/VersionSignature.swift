import Records
import Registry
import Signing

extension Workplace {
  /// Signs a version in the OpenSSF model-signing format and files the signature.
  func sign(_ version: VersionEntry, in store: RegistryStore) throws {
    let key = try store.signingKey()
    let bundle = try ModelSignature.bundle(
      of: version.modelFiles, subject: version.name, with: key)
    try store.attach(VersionEntry.signatureName, bundle, to: version.digest, at: now())
  }
}

extension RegistryStore {
  /// The stored model signature of a version, if it has been signed.
  func modelSignature(of version: VersionEntry) throws -> [UInt8]? {
    try attestation(VersionEntry.signatureName, of: version.digest)
  }
}

extension VersionEntry {
  static let signatureName = ModelSignature.bundleName

  /// The files of the model as they are signed and exported.
  var modelFiles: [ModelFile] {
    [
      ModelFile(name: NetworkFiles.configurationName, digest: configuration),
      ModelFile(name: NetworkFiles.weightsName, digest: weights),
    ]
  }

  /// The names an auditor may hold of it.
  var reference: VersionReference {
    VersionReference(
      name: name, digest: digest, modelRoot: ModelSignature.root(of: modelFiles),
      weights: weights, configuration: configuration)
  }
}
