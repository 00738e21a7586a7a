import Records
import Signing
import Testing

@Suite("Merkle trees")
struct MerkleTreeTests {
  /// The reference tree of RFC 6962: its leaves in hexadecimal, its roots by size.
  static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ].compactMap { Hexadecimal.decode($0) }.map { MerkleTree.leafHash($0) }
  static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ].compactMap { Digest(hex: $0) }

  @Test("roots are those of RFC 6962")
  func referenceRoots() {
    #expect(Self.leaves.count == 8 && Self.roots.count == 9)
    for size in 0...8 { #expect(MerkleTree.root(of: Self.leaves.prefix(size)) == Self.roots[size]) }
  }

  static func leaves(_ count: Int) -> [Digest] {
    (0..<count).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }
  }

  @Test("every inclusion proof of trees up to 33 leaves verifies, and no other place or root does")
  func inclusion() throws {
    for size in 1...33 {
      let leaves = Self.leaves(size)
      let root = MerkleTree.root(of: leaves)
      for index in 0..<size {
        let proof = try MerkleTree.inclusionProof(of: index, in: leaves)
        func verify(_ index: Int, _ size: Int, _ proof: [Digest], _ root: Digest) throws {
          try MerkleTree.verifyInclusion(
            of: leaves[index], at: index, size: size, proof: proof, root: root)
        }
        try verify(index, size, proof, root)
        #expect(throws: SigningError.proof(.wrongRoot)) {
          try verify(index, size, proof, MerkleTree.emptyRoot)
        }
        let length = SigningError.proof(
          .wrongLength(expected: proof.count, found: proof.count + 1))
        #expect(throws: length) { try verify(index, size, proof + [root], root) }
        #expect(throws: SigningError.self) { try verify((index + 1) % size, size + 1, proof, root) }
      }
    }
    let outside = SigningError.proof(.outOfRange(index: 3, size: 3))
    #expect(throws: outside) { try MerkleTree.inclusionProof(of: 3, in: Self.leaves(3)) }
  }

  @Test("every consistency proof of trees up to 33 leaves verifies, and none with another root")
  func consistency() throws {
    for new in 1...33 {
      let leaves = Self.leaves(new)
      let root = MerkleTree.root(of: leaves)
      for old in 1...new {
        let oldRoot = MerkleTree.root(of: leaves.prefix(old))
        let proof = try MerkleTree.consistencyProof(from: old, in: leaves)
        func verify(_ oldRoot: Digest, _ root: Digest, _ proof: [Digest]) throws {
          try MerkleTree.verifyConsistency(
            oldSize: old, oldRoot: oldRoot, newSize: new, newRoot: root, proof: proof)
        }
        try verify(oldRoot, root, proof)
        #expect(throws: SigningError.self) { try verify(MerkleTree.emptyRoot, root, proof) }
        #expect(throws: SigningError.self) { try verify(oldRoot, MerkleTree.emptyRoot, proof) }
        #expect(throws: SigningError.self) { try verify(oldRoot, root, proof + [root]) }
        for index in proof.indices {
          var changed = proof
          changed[index] = MerkleTree.emptyRoot
          #expect(throws: SigningError.self) { try verify(oldRoot, root, changed) }
        }
      }
    }
  }

  @Test("the accumulator's root is the tree's at every size")
  func accumulator() throws {
    var accumulator = MerkleAccumulator()
    func recursive(_ leaves: ArraySlice<Digest>) -> Digest {
      guard leaves.count > 1 else { return leaves.first ?? MerkleTree.emptyRoot }
      var middle = 1
      while middle * 2 < leaves.count { middle *= 2 }
      return MerkleTree.nodeHash(
        recursive(leaves.prefix(middle)), recursive(leaves.dropFirst(middle)))
    }
    let leaves = Self.leaves(70)
    for size in 0...70 {
      #expect(accumulator.count == size && accumulator.root == recursive(leaves.prefix(size)))
      if size < 70 { accumulator.append(leaves[size]) }
    }
  }

  /// A root that is not 32 bytes, or a size that is no size: the vector must be one to refuse.
  struct Malformed: Error {}

  static func digest(_ value: JSONValue?) throws -> Digest {
    guard let text = value?.string, let bytes = try? Base64.decode(text), bytes.count == 32 else {
      throw Malformed()
    }
    return Digest(bytes: bytes)
  }

  static func integer(_ value: JSONValue?) throws -> Int {
    guard let integer = value?.integer else { throw Malformed() }
    return integer
  }

  @Test("inclusion vectors", .enabled(if: Vectors.arePresent))
  func inclusionVectors() throws {
    let files = Vectors.files("merkle/inclusion")
    #expect(files.count == 98)
    for file in files {
      let vector = try Vectors.json(file)
      let isRefused = Self.isRefused {
        try MerkleTree.verifyInclusion(
          of: Self.digest(vector["leafHash"]), at: Self.integer(vector["leafIdx"]),
          size: Self.integer(vector["treeSize"]),
          proof: (vector["proof"]?.array ?? []).map { try Self.digest($0) },
          root: Self.digest(vector["root"]))
      }
      #expect(isRefused == vector["wantErr"]?.bool, "\(file)")
    }
  }

  @Test("consistency vectors", .enabled(if: Vectors.arePresent))
  func consistencyVectors() throws {
    // This one accepts roots that are no digests.
    let dummy = "merkle/consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"
    let files = Vectors.files("merkle/consistency").filter { $0 != dummy }
    #expect(files.count == 97)
    for file in files {
      let vector = try Vectors.json(file)
      let isRefused = Self.isRefused {
        try MerkleTree.verifyConsistency(
          oldSize: Self.integer(vector["size1"]), oldRoot: Self.digest(vector["root1"]),
          newSize: Self.integer(vector["size2"]), newRoot: Self.digest(vector["root2"]),
          proof: (vector["proof"]?.array ?? []).map { try Self.digest($0) })
      }
      #expect(isRefused == vector["wantErr"]?.bool, "\(file)")
    }
  }

  static func isRefused(_ verify: () throws -> Void) -> Bool {
    do { try verify() } catch { return true }
    return false
  }
}
