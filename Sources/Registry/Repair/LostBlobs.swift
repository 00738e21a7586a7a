import Records
import Signing

/// Blobs that the log names and that are away or changed, and where their bytes were found: they may be
/// the last there are.
struct LostBlobs {
  private let layout: RegistryLayout
  private let digests: Set<Digest>
  /// Relative to the registry.
  private(set) var copies: [Digest: String] = [:]

  /// Looks whether each is there, and, of those that attestations are copies of, into it.
  init(of store: RegistryStore) {
    layout = store.layout
    let away = store.namedBlobs.keys.filter { (try? store.blobs.contains($0)) != true }
    let changed = store.attestations.map(\.blob).filter { (try? store.blobs.verify($0)) == nil }
    digests = Set(away).union(changed)
  }

  /// Notes a file that has the bytes of one, so that it stays.
  ///
  /// - Returns: false for any other file.
  mutating func find(_ name: String, _ status: FileStatus) -> Bool {
    guard !digests.isEmpty, status.isPlainFile,
      let digest = try? BlobStore.digest(ofFile: layout.path(name)), digests.contains(digest)
    else { return false }
    copies[digest] = name
    return true
  }
}

extension Mending {
  /// Gives blobs that lie among the others under another name their own.
  mutating func renameBlobs(_ lost: LostBlobs) {
    for (digest, name) in lost.copies.sorted(by: { $0.key < $1.key }) {
      attempt { mending in
        let folder = try Folder(RegistryLayout.blobs, in: mending.layout)
        try folder.move(Folder.split(name).own, from: folder, as: digest.hex)
        try folder.sync()
        mending.repair.done.append("put \(RegistryLayout.blob(digest)) back, from \(name)")
      }
    }
  }

  /// Copies the bytes of blobs from the attestations that have them.
  mutating func copyBlobs() {
    for (digest, name) in attested.sorted(by: { $0.key < $1.key }) {
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
