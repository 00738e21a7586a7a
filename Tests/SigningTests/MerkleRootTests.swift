import Records
import Signing
import Testing

@Suite("Roots from a leaf and its way")
struct MerkleRootTests {
  static let leaves = (0..<20).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }

  @Test("a leaf and the hashes beside its way come to the root of the tree")
  func roots() throws {
    for size in 1...Self.leaves.count {
      let leaves = Array(Self.leaves.prefix(size))
      for index in leaves.indices {
        let proof = try MerkleTree.inclusionProof(of: index, in: leaves)
        let root = try MerkleTree.root(from: leaves[index], at: index, size: size, proof: proof)
        #expect(root == MerkleTree.root(of: leaves))
      }
    }
  }

  @Test("another leaf, or a hash that is another, comes to another root")
  func others() throws {
    let root = MerkleTree.root(of: Self.leaves)
    for index in Self.leaves.indices {
      let proof = try MerkleTree.inclusionProof(of: index, in: Self.leaves)
      func found(_ leaf: Digest, _ proof: [Digest]) throws -> Digest {
        try MerkleTree.root(from: leaf, at: index, size: Self.leaves.count, proof: proof)
      }
      #expect(try found(MerkleTree.emptyRoot, proof) != root)
      for place in proof.indices {
        var changed = proof
        changed[place] = MerkleTree.emptyRoot
        #expect(try found(Self.leaves[index], changed) != root)
      }
    }
  }

  @Test("the number of hashes must be that of the way")
  func lengths() throws {
    for index in Self.leaves.indices {
      let proof = try MerkleTree.inclusionProof(of: index, in: Self.leaves)
      for count in 0...(proof.count + 3) where count != proof.count {
        let other = (0..<count).map { $0 < proof.count ? proof[$0] : MerkleTree.emptyRoot }
        let flaw = ProofFlaw.wrongLength(expected: proof.count, found: count)
        #expect(throws: SigningError.proof(flaw)) {
          try MerkleTree.root(
            from: Self.leaves[index], at: index, size: Self.leaves.count, proof: other)
        }
      }
    }
  }

  @Test(
    "a place that is not in the tree has no way",
    arguments: [(0, 0), (-1, 1), (1, 1), (5, 4), (0, -1), (.min, .max), (.max, .max)])
  func places(_ index: Int, _ size: Int) {
    #expect(throws: SigningError.proof(.outOfRange(index: index, size: size))) {
      try MerkleTree.root(from: MerkleTree.emptyRoot, at: index, size: size, proof: [])
    }
  }

  @Test("the longest way there can be is walked to its end")
  func longest() throws {
    let proof = [Digest](repeating: MerkleTree.emptyRoot, count: 63)
    var root = MerkleTree.emptyRoot
    for hash in proof { root = MerkleTree.nodeHash(root, hash) }
    #expect(
      try MerkleTree.root(from: MerkleTree.emptyRoot, at: 0, size: .max, proof: proof) == root)
  }
}
