import Records
import Signing

/// Bytes that the log names, found where they do not belong: they may be the last there are.
extension Mending {
  /// The blobs that are away, or, of those small enough to be looked at, not what their name says.
  func lostBlobs() -> Set<Digest> {
    let store = store
    let away = store.namedBlobs.keys.filter { (try? store.blobs.contains($0)) != true }
    let changed = store.attestations.map(\.blob).filter { (try? store.blobs.verify($0)) == nil }
    return Set(away).union(changed)
  }

  /// Notes a file that has the bytes of a lost blob, to be put back.
  ///
  /// - Returns: false for any other file.
  mutating func keeps(_ name: String, _ status: FileStatus) -> Bool {
    guard !lost.isEmpty, status.isPlainFile,
      let digest = try? BlobStore.digest(ofFile: layout.path(name)), lost.contains(digest)
    else { return false }
    copies[digest] = name
    return true
  }

  /// Gives lost blobs that lie among the others under another name their own.
  mutating func renameBlobs() {
    for (digest, name) in copies where DurableFiles.parent(of: name) == RegistryLayout.blobs {
      copies[digest] = nil
      attempt { mending in
        let folder = try Folder(RegistryLayout.blobs, in: mending.layout)
        try folder.move(Folder.split(name).own, from: folder, as: digest.hex)
        try folder.sync()
        mending.repair.done.append("put \(RegistryLayout.blob(digest)) back, from \(name)")
      }
    }
  }

  /// Puts lost blobs back in their place, from the attestations that have their bytes.
  mutating func copyBlobs() {
    for (digest, name) in copies.sorted(by: { $0.key < $1.key }) {
      attempt { mending in
        let blob = RegistryLayout.blob(digest)
        let bytes = try DurableFiles.read(
          mending.layout.path(name), limit: BlobStore.documentLimit)
        guard SHA256.digest(of: bytes) == digest else { return }
        try DurableFiles.replace(
          blob, in: mending.layout, with: bytes, mode: 0o444,
          staging: try mending.store.blobs.staging)
        mending.repair.done.append("put \(blob) back, from \(name)")
      }
    }
  }
}
