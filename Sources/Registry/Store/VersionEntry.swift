package import Records

/// A version as the registry keeps it.
package struct VersionEntry: Hashable, Sendable {
  /// Of its OCI manifest.
  package let digest: Digest
  package let lineage: Lineage
  /// The blob of `model.safetensors`.
  package let weights: Digest
  /// The blob of `config.json`.
  package let configuration: Digest

  /// The full name, such as `speakers@v4`.
  package var name: String { "\(lineage.model)@\(lineage.name)" }
}

/// A forget that has committed its version and has yet to sign for it.
package struct PendingRun: Hashable, Sendable {
  package let version: Digest
  package let request: String
  /// The blob of the draft from which signing can be done again.
  package let draft: Digest
  /// RFC 3339, UTC.
  package let startedAt: String
}
