import Records
import Signing
import TransparencyLog

extension RegistryAudit {
  /// Every tile against what the events give, and that no others lie there.
  mutating func checkTiles() throws {
    let root = RegistryLayout.tiles
    guard try FileStatus(of: store.layout.path(root))?.isFolder == true else { return }
    var hashes = try store.leaves()
    var wanted: [String: [UInt8]] = [:]
    var level = 0
    while hashes.count >= Tiles.width {
      var above: [Digest] = []
      for index in 0..<hashes.count / Tiles.width {
        let tile = Array(hashes[index * Tiles.width..<(index + 1) * Tiles.width])
        wanted[Tiles.name(level: level, index: index)] = tile.flatMap(\.bytes)
        above.append(MerkleTree.foldComplete(tile))
      }
      (level, hashes) = (level + 1, above)
    }
    for (name, bytes) in wanted.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
      let file = "\(root)/\(name)"
      guard try FileStatus(of: store.layout.path(file)) != nil else {
        note(file, "is not written yet; the next writer makes it")
        continue
      }
      guard let status = try plainFile(file) else { continue }
      if try status.size != bytes.count
        || DurableFiles.read(store.layout.path(file), limit: bytes.count) != bytes
      {
        find(file, "does not verify: it is not of the events of the log")
      }
    }
    for name in try DurableFiles.filesBelow(store.layout.path(root)) where wanted[name] == nil {
      find("\(root)/\(name)", "does not belong in a registry")
    }
  }
}
