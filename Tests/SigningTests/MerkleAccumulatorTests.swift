import Records
import Signing
import Testing

@Suite("Merkle accumulators")
struct MerkleAccumulatorTests {
  static let leaves = (0..<70).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }

  static func accumulator(_ count: Int) -> MerkleAccumulator {
    var accumulator = MerkleAccumulator()
    for leaf in leaves.prefix(count) { accumulator.append(leaf) }
    return accumulator
  }

  @Test("one that goes on from its count and peaks is the one that never stopped")
  func goesOn() throws {
    for count in 0...Self.leaves.count {
      let before = Self.accumulator(count)
      var again = try #require(MerkleAccumulator(count: before.count, peaks: before.peaks))
      #expect(again == before && again.root == MerkleTree.root(of: Self.leaves.prefix(count)))
      for leaf in Self.leaves.dropFirst(count) { again.append(leaf) }
      #expect(again == Self.accumulator(Self.leaves.count))
    }
  }

  @Test("the peaks are the roots of the complete subtrees, largest first")
  func peaks() {
    // 70 leaves are 64, 4 and 2.
    let peaks = [0..<64, 64..<68, 68..<70].map { MerkleTree.root(of: Self.leaves[$0]) }
    #expect(Self.accumulator(70).peaks == peaks)
    #expect(Self.accumulator(0).peaks == [])
    #expect(MerkleAccumulator().root == MerkleTree.emptyRoot)
  }

  @Test("more or fewer peaks than the count has are refused, and so is a count below zero")
  func refusals() {
    for count in 0...64 {
      let peaks = Self.accumulator(count).peaks
      #expect(MerkleAccumulator(count: count, peaks: peaks + [MerkleTree.emptyRoot]) == nil)
      if !peaks.isEmpty { #expect(MerkleAccumulator(count: count, peaks: peaks.dropLast()) == nil) }
    }
    for count in [-1, -2, .min] {
      for peaks in [0, 1, 63, 64] {
        let hashes = [Digest](repeating: MerkleTree.emptyRoot, count: peaks)
        #expect(MerkleAccumulator(count: count, peaks: hashes) == nil)
      }
    }
  }
}
