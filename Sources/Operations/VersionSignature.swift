import Records
import Registry
import Signing

extension Workplace {
  /// Signs a version in the OpenSSF model-signing format and files the signature.
  func sign(_ version: VersionEntry, in store: RegistryStore) throws {
    let key = try store.signingKey()
    let bundle = try ModelSignature.make(
      model: version.name, files: version.modelFiles, bundleName: VersionEntry.signatureName,
      key: key)
    try store.addAttestation(
      VersionEntry.signatureName, bundle, to: version.digest, kind: "model-signature", at: now())
  }
}

extension RegistryStore {
  /// The stored model signature of a version, if it has been signed.
  func modelSignature(of version: VersionEntry) throws -> [UInt8]? {
    try attestation(VersionEntry.signatureName, of: version.digest)
  }
}

extension VersionEntry {
  static let signatureName = "model.sig"

  /// The files of the model as they are signed and exported.
  var modelFiles: [(name: String, digest: Digest)] {
    [
      (NetworkFiles.configurationName, configuration),
      (NetworkFiles.weightsName, weights),
    ]
  }

  /// The names an auditor may hold of it.
  var reference: VersionReference {
    VersionReference(
      name: name, digest: digest, modelRoot: ModelSignature.root(of: modelFiles.map(\.digest)),
      weights: weights, configuration: configuration)
  }
}
