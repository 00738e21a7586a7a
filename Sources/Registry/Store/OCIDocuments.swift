import Records

/// An OCI content descriptor.
struct OCIDescriptor: Hashable, Codable {
  let mediaType: String
  let digest: Digest
  let size: Int
  var annotations: [String: String]?
  var artifactType: String?
}

/// The OCI manifest that is a version: lineage as config, weights and configuration as layers.
struct OCIManifest: Hashable, Codable {
  static let mediaType = "application/vnd.oci.image.manifest.v1+json"
  static let artifactType = "application/vnd.cncf.model.manifest.v1+json"
  static let configType = "application/vnd.cncf.model.config.v1+json"
  static let weightsType = "application/vnd.cncf.model.weight.v1.raw"
  static let configurationType = "application/vnd.cncf.model.weight.config.v1.raw"
  static let title = "org.opencontainers.image.title"
  static let weightsTitle = "model.safetensors"
  static let configurationTitle = "config.json"

  let schemaVersion: Int
  let mediaType: String
  let artifactType: String
  let config: OCIDescriptor
  let layers: [OCIDescriptor]

  init(
    lineage: (Digest, Int), weights: (Digest, Int), configuration: (Digest, Int)
  ) {
    schemaVersion = 2
    mediaType = Self.mediaType
    artifactType = Self.artifactType
    config = OCIDescriptor(mediaType: Self.configType, digest: lineage.0, size: lineage.1)
    layers = [
      OCIDescriptor(
        mediaType: Self.weightsType, digest: weights.0, size: weights.1,
        annotations: [Self.title: Self.weightsTitle]),
      OCIDescriptor(
        mediaType: Self.configurationType, digest: configuration.0, size: configuration.1,
        annotations: [Self.title: Self.configurationTitle]),
    ]
  }

  var text: [UInt8] { CanonicalText.encode(self) }

  /// Reads the manifest of a version; only the text that `init` would write is one.
  init(text: [UInt8], file: String) throws(RegistryError) {
    let read: OCIManifest
    do throws(CanonicalTextError) {
      read = try CanonicalText.decode(OCIManifest.self, from: text, what: file)
    } catch {
      throw .corrupted(file: file, reason: error.reason)
    }
    guard read.layers.count == 2 else {
      throw .corrupted(file: file, reason: "it has \(read.layers.count) layers, not 2")
    }
    self.init(
      lineage: (read.config.digest, read.config.size),
      weights: (read.layers[0].digest, read.layers[0].size),
      configuration: (read.layers[1].digest, read.layers[1].size))
    guard self.text == text else {
      throw .corrupted(file: file, reason: "it is not the manifest of a version")
    }
  }
}

/// The `index.json` of the image layout: every version by name.
struct OCIIndex: Hashable, Codable {
  static let mediaType = "application/vnd.oci.image.index.v1+json"
  static let referenceName = "org.opencontainers.image.ref.name"

  let schemaVersion: Int
  let mediaType: String
  let manifests: [OCIDescriptor]

  init(manifests: [OCIDescriptor]) {
    schemaVersion = 2
    mediaType = Self.mediaType
    self.manifests = manifests
  }

  var text: [UInt8] { CanonicalText.encode(self) + [0x0A] }
}
