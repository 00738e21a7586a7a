import Foundation
import Records
import Signing
import Testing
import TransparencyLog

@Suite("Tiles, and proofs from them")
struct TilesTests {
  private let leaves = (0..<70_000).map { MerkleTree.leafHash(Array("\($0)".utf8)) }

  /// A folder with the full tiles of the first leaves.
  private func tiles(_ size: Int) throws -> Tiles {
    let folder = FileManager.default.temporaryDirectory.path + "/tiles-\(UUID().uuidString)"
    let tiles = Tiles(folder: folder)
    try write(Array(leaves.prefix(size)), from: 0, to: tiles)
    return tiles
  }

  private func write(_ leaves: [Digest], from start: Int, to tiles: Tiles) throws {
    try tiles.write(leaves, from: start) { name, bytes in
      let file = URL(filePath: "\(tiles.folder)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    } remove: {
      try FileManager.default.removeItem(atPath: "\(tiles.folder)/\($0)")
    }
  }

  private func hashes(_ tiles: Tiles, _ size: Int) -> TreeHashes {
    TreeHashes(tiles: tiles, size: size, rest: Array(leaves[(size - size % 256)..<size]))
  }

  @Test("a tile is named as C2SP names it")
  func names() {
    #expect(Tiles.name(level: 0, index: 0) == "0/000")
    #expect(Tiles.name(level: 1, index: 999) == "1/999")
    #expect(Tiles.name(level: 0, index: 1_234_067) == "0/x001/x234/067")
    #expect(Tiles.name(level: 2, index: 5, width: 7) == "2/005.p/7")
    #expect(Tiles.names(size: 255).isEmpty)
    #expect(Tiles.names(size: 65_536).count == 257)
  }

  @Test(
    "the root, every proof of inclusion and of consistency are those of the whole tree",
    arguments: [1, 2, 255, 256, 257, 511, 512, 700])
  func small(size: Int) throws {
    let tiles = try tiles(size)
    defer { try? FileManager.default.removeItem(atPath: tiles.folder) }
    let hashes = hashes(tiles, size)
    let all = Array(leaves.prefix(size))
    #expect(hashes.root(ofFirst: size) == MerkleTree.root(of: all))
    for index in stride(from: 0, to: size, by: max(1, size / 40)) {
      #expect(
        hashes.inclusionProof(of: index)
          == (try MerkleTree.inclusionProof(of: index, in: all)))
      #expect(
        hashes.consistencyProof(from: index + 1)
          == (try MerkleTree.consistencyProof(from: index + 1, in: all)))
      #expect(hashes.root(ofFirst: index) == MerkleTree.root(of: all.prefix(index)))
    }
  }

  @Test("tiles of a higher level are made when they are full, and proofs go through them")
  func large() throws {
    let size = 66_000
    let tiles = try tiles(size)
    defer { try? FileManager.default.removeItem(atPath: tiles.folder) }
    #expect(tiles.hashes(level: 1, index: 0) != nil)
    let hashes = hashes(tiles, size)
    let root = MerkleTree.root(of: leaves.prefix(size))
    #expect(hashes.root(ofFirst: size) == root)
    for index in [0, 65_535, 65_536, 65_999] {
      let proof = try #require(hashes.inclusionProof(of: index))
      try MerkleTree.verifyInclusion(
        of: leaves[index], at: index, size: size, proof: proof, root: root)
    }
    let old = try #require(hashes.root(ofFirst: 1000))
    try MerkleTree.verifyConsistency(
      oldSize: 1000, oldRoot: old, newSize: size, newRoot: root,
      proof: try #require(hashes.consistencyProof(from: 1000)))
  }

  @Test("a tile that is missing gives no answer, a changed one another root")
  func changed() throws {
    let tiles = try tiles(700)
    defer { try? FileManager.default.removeItem(atPath: tiles.folder) }
    let path = tiles.folder + "/0/001"
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[40] ^= 1
    try bytes.write(to: URL(filePath: path))
    #expect(
      hashes(tiles, 700).root(ofFirst: 300) != MerkleTree.root(of: leaves.prefix(300)))
    try FileManager.default.removeItem(atPath: path)
    #expect(hashes(tiles, 700).root(ofFirst: 300) == nil)
    #expect(!tiles.isUpToDate(size: 700))
  }

  @Test("a proof reads the tiles on its way, and of a level above the lowest the last one, too")
  func edges() throws {
    let size = 40_000
    let tiles = try tiles(size)
    defer { try? FileManager.default.removeItem(atPath: tiles.folder) }
    // Without the last tile of the level above, the roots of 156 tiles below would be worked out.
    #expect(tiles.hashes(level: 1, index: 0, width: 156)?.count == 156)
    for index in 0..<156 where index != 70 {
      let name = Tiles.name(level: 0, index: index)
      try FileManager.default.removeItem(atPath: "\(tiles.folder)/\(name)")
    }
    let root = MerkleTree.root(of: leaves.prefix(size))
    let proof = try #require(hashes(tiles, size).inclusionProof(of: 18_000))
    try MerkleTree.verifyInclusion(
      of: leaves[18_000], at: 18_000, size: size, proof: proof, root: root)
  }

  @Test("as a tree grows, the last tiles follow it and the widths before go")
  func growing() throws {
    let tiles = try tiles(512)
    defer { try? FileManager.default.removeItem(atPath: tiles.folder) }
    for size in [768, 1_024, 65_536, 66_048] {
      let first = tiles.firstMissing(size: size) * 256
      #expect(first < size && !tiles.isUpToDate(size: size))
      try write(Array(leaves[first..<size]), from: first, to: tiles)
      #expect(tiles.isUpToDate(size: size))
      #expect(hashes(tiles, size).root(ofFirst: size) == MerkleTree.root(of: leaves.prefix(size)))
    }
    let files = try FileManager.default.subpathsOfDirectory(atPath: tiles.folder + "/1")
    #expect(files.sorted().filter { !$0.hasSuffix(".p") } == ["000", "001.p/2"])
  }

  @Test("peaks that are known stand in for the leaves behind the last full tile")
  func peaks() throws {
    let size = 700
    let tiles = try tiles(size)
    defer { try? FileManager.default.removeItem(atPath: tiles.folder) }
    var tree = MerkleAccumulator()
    for leaf in leaves.prefix(size) { tree.append(leaf) }
    let hashes = TreeHashes(tiles: tiles, size: size, rest: [], peaks: tree.peaks)
    let all = Array(leaves.prefix(size))
    #expect(
      hashes.inclusionProof(of: 300) == (try MerkleTree.inclusionProof(of: 300, in: all)))
    #expect(
      hashes.consistencyProof(from: 400) == (try MerkleTree.consistencyProof(from: 400, in: all)))
    #expect(hashes.inclusionProof(of: 600) == nil)
  }

  @Test("a witness's cosignature is of one checkpoint at one time by one key")
  func cosignature() throws {
    let log = try PrivateKey.generate(.ed25519)
    let witness = try PrivateKey.generate(.ed25519)
    let checkpoint = Checkpoint(origin: "log.example", size: 3, head: leaves[0])
    let note = try SignedNote(parsing: checkpoint.signed(by: log))
    let signature = try Cosignature.signature(of: note, name: "w", at: 1_700_000_000, with: witness)
    let cosigned = SignedNote(text: note.text, signatures: note.signatures + [signature])
    let read = try SignedNote(parsing: cosigned.encoded)
    #expect(Cosignature.time(on: read, name: "w", key: witness.publicKey) == 1_700_000_000)
    #expect(Cosignature.time(on: read, name: "v", key: witness.publicKey) == nil)
    #expect(Cosignature.time(on: read, name: "w", key: log.publicKey) == nil)
    let other = Checkpoint(origin: "log.example", size: 4, head: leaves[0])
    let moved = SignedNote(text: other.text, signatures: [signature])
    #expect(Cosignature.time(on: moved, name: "w", key: witness.publicKey) == nil)
  }
}
