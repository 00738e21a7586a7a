package import Records
import Signing
import TransparencyLog

/// What follows from the log and is kept beside it for others to read: the checkpoint's own file,
/// tiles, the image layout's index, signatures and certificates, the ledger.
///
/// All of it can be made again by any later writer, so a failure in it stops nothing.
struct Consequences {
  let store: RegistryStore

  private var layout: RegistryLayout { store.layout }

  /// Makes what is missing.
  ///
  /// - Returns: what could not be made, and why.
  func make() -> [RegistryError] {
    let steps: [() throws(RegistryError) -> Void] = [
      checkpoint, tiles, attestations, index, ledger,
    ]
    return steps.compactMap { step in
      do throws(RegistryError) {
        try step()
        return nil
      } catch {
        return error
      }
    }
  }

  private func checkpoint() throws(RegistryError) {
    try replace(RegistryLayout.checkpoint, with: store.log.note)
  }

  /// Writes a file, unless it is there as it should be.
  private func replace(_ name: String, with wanted: [UInt8]) throws(RegistryError) {
    let present = try? DurableFiles.read(layout.path(name), limit: wanted.count)
    if present == wanted { return }
    try DurableFiles.replace(name, in: layout, with: wanted, staging: try store.blobs.staging)
  }

  private func index() throws(RegistryError) {
    try replace(RegistryLayout.index, with: Self.index(of: store.state))
  }

  /// The `index.json` of an image layout with the versions of a state.
  static func index(of state: RegistryState, first count: Int? = nil) -> [UInt8] {
    let versions = state.versions.prefix(count ?? state.versions.count).sorted {
      $0.model == $1.model ? $0.number < $1.number : ByteOrder.precedes($0.model, $1.model)
    }
    return OCIIndex(
      manifests: versions.map {
        OCIDescriptor(
          mediaType: OCIManifest.mediaType, digest: $0.digest, size: $0.manifestSize,
          annotations: [OCIIndex.referenceName: $0.name], artifactType: OCIManifest.artifactType)
      }
    ).text
  }

  private func attestations() throws(RegistryError) {
    for attestation in store.attestations
    where try FileStatus(of: layout.path(attestation.file)) == nil {
      try DurableFiles.makeFolder(DurableFiles.parent(of: attestation.file), in: layout)
      var staged = try store.blobs.stage()
      try staged.write(try store.blobs.read(attestation.blob))
      try staged.finish(mode: 0o444)
      _ = try DurableFiles.publish(staged, as: attestation.file, in: layout)
    }
  }

  private func tiles() throws(RegistryError) {
    let tiles = store.tiles
    guard !tiles.isUpToDate(size: store.log.tree.count) else { return }
    try tiles.write(try store.leaves(), from: 0) { name, bytes throws(RegistryError) in
      try place("\(RegistryLayout.tiles)/\(name)", bytes)
    }
  }

  /// Writes a tile, unless it is there, and the folders above it.
  ///
  /// It is not synced: it can be made again, and is believed only where it comes to a known root.
  private func place(_ name: String, _ bytes: [UInt8]) throws(RegistryError) {
    guard try FileStatus(of: layout.path(name))?.isPlainFile != true else { return }
    var missing: [String] = []
    var folder = DurableFiles.parent(of: name)
    while folder != RegistryLayout.log {
      guard try FileStatus(of: layout.path(folder)) == nil else { break }
      missing.append(folder)
      folder = DurableFiles.parent(of: folder)
    }
    for folder in missing.reversed() { try DurableFiles.makeFolder(folder, in: layout) }
    try DurableFiles.replace(
      name, in: layout, with: bytes, staging: try store.blobs.staging, isDurable: false)
  }

  private func ledger() throws(RegistryError) {
    do throws(RegistryError) {
      try store.updateLedger()
    } catch .busy {
      // Somebody else is at it; the next writer brings it up.
    }
  }
}

/// A file below `attestations/`, which has the bytes of a blob.
package struct Attestation: Hashable, Sendable {
  /// Relative to the registry's directory.
  package let file: String
  package let blob: Digest
  /// The version it is about, by ordinal.
  package let version: Int
}

extension RegistryStore {
  /// The name of a version's model signature.
  package static let signatureName = ModelSignature.bundleName

  /// The name of a certificate among the attestations of its version.
  package static func certificateName(of number: CaseNumber) -> String {
    "certificate-\(number).intoto.jsonl"
  }

  /// Every file that must lie below `attestations/`.
  package var attestations: [Attestation] {
    let signatures = state.versions.enumerated().map { ordinal, version in
      Attestation(
        file: RegistryLayout.attestation(Self.signatureName, of: version.digest),
        blob: version.signature, version: ordinal)
    }
    return signatures
      + state.certificates.map { certificate in
        Attestation(
          file: RegistryLayout.attestation(
            Self.certificateName(of: state.cases[certificate.ordinal].number),
            of: state.versions[certificate.version].digest),
          blob: certificate.envelope, version: certificate.version)
      }
  }
}
