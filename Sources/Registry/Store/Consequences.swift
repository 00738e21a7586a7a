package import Records
import Signing
import TransparencyLog

/// What follows from the log and is kept beside it for others to read: the checkpoint's own file,
/// tiles, the image layout's index, signatures and certificates, the ledger.
///
/// All of it can be made again by any later writer, so a failure in it stops nothing.
struct Consequences {
  let store: RegistryStore
  /// How many events everything was made of already, as far as is known: only what later ones ask for
  /// is looked for.
  let made: Int

  /// Looks for everything, or for what came since it was made last.
  init(store: RegistryStore, isWhole: Bool) {
    self.store = store
    // Written last of all, the checkpoint's file says up to where the rest was made.
    let note = isWhole ? nil : try? DurableFiles.read(store.layout.path(RegistryLayout.checkpoint))
    let checkpoint = note.flatMap { try? SignedNote(parsing: $0) }
      .flatMap { try? Checkpoint(parsing: $0.text) }
    made = checkpoint.map { min($0.size, store.log.tree.count) } ?? 0
  }

  private var layout: RegistryLayout { store.layout }

  /// Makes what is missing.
  ///
  /// - Returns: what could not be made, and why.
  func make() -> [RegistryError] {
    let steps: [() throws(RegistryError) -> Void] = [tiles, attestations, index, states, ledger]
    let failures = steps.compactMap(failure)
    // What was lost will not come back, and holds nothing up; the rest the next writer makes.
    let isMade = failures.allSatisfy { if case .corrupted = $0 { true } else { false } }
    return isMade ? failures + [failure(checkpoint)].compactMap { $0 } : failures
  }

  private func failure(_ step: () throws(RegistryError) -> Void) -> RegistryError? {
    do throws(RegistryError) {
      try step()
      return nil
    } catch {
      return error
    }
  }

  /// Writes the checkpoint's file, and once more where another writer has gone on meanwhile: whoever
  /// gives it its name last then leaves the newest.
  private func checkpoint() throws(RegistryError) {
    while true {
      try replace(RegistryLayout.checkpoint, with: store.log.note)
      let tail = try FileStatus(of: layout.path(RegistryLayout.tail))
      guard let tail, tail.size > store.log.end else { return }
      let end = store.log.end
      try store.refresh()
      // What is longer may be a write that is not whole yet: its writer comes here, too.
      if store.log.end == end { return }
    }
  }

  /// Writes a file, unless it is there as it should be.
  private func replace(_ name: String, with wanted: [UInt8]) throws(RegistryError) {
    let present = try? DurableFiles.read(layout.path(name), limit: wanted.count)
    if present == wanted { return }
    try DurableFiles.replace(name, in: layout, with: wanted, staging: try store.blobs.staging)
  }

  private func index() throws(RegistryError) {
    if made > 0, store.state.versions.last?.index ?? 0 < made,
      try FileStatus(of: layout.path(RegistryLayout.index)) != nil
    {
      return
    }
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
    for attestation in store.attestations(since: made)
    where try FileStatus(of: layout.path(attestation.file))?.isPlainFile != true {
      try DurableFiles.makeFolder(DurableFiles.parent(of: attestation.file), in: layout)
      var staged = try store.blobs.stage()
      try staged.write(try store.blobs.read(attestation.blob))
      try staged.finish(mode: 0o444)
      _ = try DurableFiles.publish(staged, as: attestation.file, in: layout)
    }
  }

  private func tiles() throws(RegistryError) {
    let tiles = store.tiles
    let size = store.log.tree.count
    guard made == 0 || !tiles.isUpToDate(size: size) else { return }
    let first = made == 0 ? 0 : tiles.firstMissing(size: size) * Tiles.width
    let leaves = try store.leaves(first..<size - size % Tiles.width)
    try tiles.write(leaves, from: first) { name, bytes throws(RegistryError) in
      try place("\(RegistryLayout.tiles)/\(name)", bytes)
    } remove: { name throws(RegistryError) in
      try DurableFiles.removeWhole("\(RegistryLayout.tiles)/\(name)", in: layout)
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

  /// Removes states, and tags of requests, that newer ones have taken the place of.
  ///
  /// A few stay, for who has read an older checkpoint and is about to begin there.
  private func states() throws(RegistryError) {
    try store.removeFormerTags()
    guard let newest = store.log.kept?.size, newest >= made || made == 0,
      try FileStatus(of: layout.path(RegistryLayout.states))?.isFolder == true
    else { return }
    let sizes = try DurableFiles.names(in: layout.path(RegistryLayout.states))
      .compactMap { Int($0) }.filter { $0 <= newest }.sorted()
    for size in sizes.dropLast(Self.keptStates) {
      try DurableFiles.removeWhole(RegistryLayout.state(size), in: layout)
    }
  }

  /// How many kept states stay.
  private static let keptStates = 4

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
  package var attestations: [Attestation] { attestations(since: 0) }

  /// Those of them that events from an index on ask for.
  func attestations(since index: Int) -> [Attestation] {
    let versions = state.versions.positions(ofLast: { $0.index >= index })
    let signatures = versions.map { ordinal in
      let version = state.versions[ordinal]
      return Attestation(
        file: RegistryLayout.attestation(Self.signatureName, of: version.digest),
        blob: version.signature, version: ordinal)
    }
    return signatures
      + state.certificates.positions(ofLast: { $0.index >= index }).map { position in
        let certificate = state.certificates[position]
        return Attestation(
          file: RegistryLayout.attestation(
            Self.certificateName(of: state.cases[certificate.ordinal].number),
            of: state.versions[certificate.version].digest),
          blob: certificate.envelope, version: certificate.version)
      }
  }
}
