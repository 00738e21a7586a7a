package import Records

/// A version as the registry keeps it.
package struct VersionEntry: Hashable, Sendable {
  /// Its place among all versions, in the order of the log.
  package let ordinal: Int
  package let made: VersionState

  init(_ ordinal: Int, in state: RegistryState) {
    self.ordinal = ordinal
    made = state.versions[ordinal]
  }

  /// Of its OCI manifest.
  package var digest: Digest { made.digest }
  package var model: String { made.model }
  package var number: Int { made.number }
  /// The blob of `model.safetensors`.
  package var weights: Digest { made.weights }
  /// The blob of `config.json`.
  package var configuration: Digest { made.configuration }
  /// The full name, such as `speakers@v4`.
  package var name: String { made.name }
  /// Such as `v4`.
  package var shortName: String { made.shortName }
}

extension RegistryState {
  /// The version of an ordinal.
  package func entry(_ ordinal: Int) -> VersionEntry { VersionEntry(ordinal, in: self) }
}
