import Records
import Signing
import TransparencyLog

extension RegistryStore {
  var tiles: Tiles { Tiles(folder: layout.path(RegistryLayout.tiles)) }

  /// The hashes of all leaves.
  ///
  /// Cost: a pass over the tail.
  func leaves() throws(RegistryError) -> [Digest] {
    var leaves: [Digest] = []
    leaves.reserveCapacity(log.tree.count)
    let reader = try EventLog(layout: layout).open()
    try EventLog.namingAny {
      try reader.forEachRecord(in: 0..<log.end) { record, _ in
        if case .event(let bytes) = record { leaves.append(MerkleTree.leafHash(bytes)) }
      }
    }
    return leaves
  }

  /// The tree's hashes, by tiles and the events since the newest kept state.
  ///
  /// - Returns: nil where the tiles are not there, or do not come to the root under the checkpoint.
  func treeHashes() throws(RegistryError) -> TreeHashes? {
    let size = log.tree.count
    let full = size - size % Tiles.width
    guard let rest = try recentLeaves(from: full) else { return nil }
    let hashes = TreeHashes(tiles: tiles, size: size, rest: rest)
    return hashes.root(ofFirst: size) == log.tree.root ? hashes : nil
  }

  /// The leaves from an index on, if the newest kept state is early enough to begin there.
  private func recentLeaves(from start: Int) throws(RegistryError) -> [Digest]? {
    guard start < log.tree.count else { return [] }
    let kept = log.kept.flatMap { $0.size <= start ? $0 : nil }
    guard kept != nil || start == 0 || log.tree.count < 4 * Tiles.width else {
      return try Array(leaves().dropFirst(start))
    }
    var leaves: [Digest] = []
    var index = kept?.size ?? 0
    let reader = try EventLog(layout: layout).open()
    let range = (kept?.offset ?? 0)..<log.end
    try EventLog.namingAny {
      try reader.forEachRecord(in: range) { record, _ in
        guard case .event(let bytes) = record else { return }
        if index >= start { leaves.append(MerkleTree.leafHash(bytes)) }
        index += 1
      }
    }
    return leaves
  }
}
