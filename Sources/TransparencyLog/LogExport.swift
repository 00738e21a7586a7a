package import Records
import Signing

/// A log as a folder of static files that any C2SP client reads.
package struct LogExport {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  package func write(checkpoint note: [UInt8]) throws(LogError) {
    try TileFile.write(note, to: "\(folder)/checkpoint")
  }

  /// Writes every tile of a tree, at each level the last one as far as it goes.
  package func write(tilesOf leaves: [Digest]) throws(LogError) {
    var (level, hashes) = (0, leaves)
    while !hashes.isEmpty {
      var above: [Digest] = []
      for start in stride(from: 0, to: hashes.count, by: Tiles.width) {
        let tile = Array(hashes[start..<min(start + Tiles.width, hashes.count)])
        let name = Tiles.name(level: level, index: start / Tiles.width, width: tile.count)
        try TileFile.write(tile.flatMap(\.bytes), to: "\(folder)/tile/\(name)")
        if tile.count == Tiles.width { above.append(MerkleTree.foldComplete(tile)) }
      }
      (level, hashes) = (level + 1, above)
    }
  }

  /// Writes events as one bundle: each behind its length in two bytes, the greater first.
  package func write(bundle events: [[UInt8]], index: Int) throws(LogError) {
    let bytes = events.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 0xFF)] + $0 }
    let name = Tiles.name(level: 0, index: index, width: events.count).dropFirst(2)
    try TileFile.write(bytes, to: "\(folder)/tile/entries/\(name)")
  }
}
