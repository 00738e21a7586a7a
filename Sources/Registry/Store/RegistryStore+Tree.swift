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
    let reader = try eventLog.open()
    try EventLog.namingAny {
      try reader.forEachRecord(in: 0..<log.end) { record, _ in
        if case .event(let bytes) = record { leaves.append(MerkleTree.leafHash(bytes)) }
      }
    }
    return leaves
  }

  /// The bytes of every tile that there should be, by name below the folder of the tiles.
  ///
  /// Cost: a pass over the tail.
  func wantedTiles() throws(RegistryError) -> [String: [UInt8]] {
    var hashes = try leaves()
    var wanted: [String: [UInt8]] = [:]
    var level = 0
    while level == 0 ? hashes.count >= Tiles.width : !hashes.isEmpty {
      var above: [Digest] = []
      for index in 0..<hashes.count / Tiles.width {
        let tile = Array(hashes[index * Tiles.width..<(index + 1) * Tiles.width])
        wanted[Tiles.name(level: level, index: index)] = tile.flatMap(\.bytes)
        above.append(MerkleTree.foldComplete(tile))
      }
      let rest = hashes.suffix(hashes.count % Tiles.width)
      if level > 0, !rest.isEmpty {
        let name = Tiles.name(level: level, index: hashes.count / Tiles.width, width: rest.count)
        wanted[name] = rest.flatMap(\.bytes)
      }
      (level, hashes) = (level + 1, above)
    }
    return wanted
  }

  /// The hashes of some leaves, by what the tail says of where they lie; who uses them holds what they
  /// come to against the checkpoint.
  func leaves(_ range: Range<Int>) throws(RegistryError) -> [Digest] {
    if range == 0..<log.tree.count { return try leaves() }
    return try events(range).map { MerkleTree.leafHash($0) }
  }

  /// The bytes of some events, by what the tail says of where they lie.
  func events(_ range: Range<Int>) throws(RegistryError) -> [[UInt8]] {
    let reader = try eventLog.open()
    return try EventLog.namingAny {
      try reader.events(range, of: log.tree.count, upTo: log.end)
    }
  }

  /// The tree's hashes, by tiles and, where leaves behind the last full tile are wanted, events.
  ///
  /// Nothing of it is verified: what it gives must come to the root under the checkpoint. Named is the
  /// last leaf whose own hash is wanted.
  func treeHashes(upTo leaf: Int) throws(RegistryError) -> TreeHashes {
    let size = log.tree.count
    let full = size - size % Tiles.width
    return TreeHashes(
      tiles: tiles, size: size, rest: leaf >= full ? try leaves(full..<size) : [],
      peaks: log.tree.peaks)
  }
}
