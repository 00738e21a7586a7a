import Records
import Signing
import Testing

@testable import Registry

@Suite("The way of the first leaf")
struct FirstLeafPathTests {
  @Test("is the inclusion proof of leaf 0 in every tree of up to 600 leaves")
  func everySize() throws {
    var path = FirstLeafPath()
    var tree = MerkleAccumulator()
    var leaves: [Digest] = []
    for size in 1...600 {
      let leaf = Digest.of("\(size)")
      path.append(leaf)
      tree.append(leaf)
      leaves.append(leaf)
      #expect(path.count == size)
      let expected = try MerkleTree.inclusionProof(of: 0, in: leaves)
      #expect(path.proof == expected, "of \(size)")
      try MerkleTree.verifyInclusion(
        of: leaves[0], at: 0, size: size, proof: path.proof, root: tree.root)
    }
  }

  @Test("of no leaves is empty")
  func empty() {
    #expect(FirstLeafPath().proof == [])
    #expect(FirstLeafPath().count == 0)
  }
}
