package import Records
import Signing

/// The hashes of a tree's subtrees: of tiles, of the leaves behind the last full one, and the roots of
/// the complete subtrees that the tree consists of.
package struct TreeHashes {
  private let tiles: Tiles
  package let size: Int
  /// The leaves behind the last full tile; none where nobody asks for them.
  private let rest: [Digest]
  /// The roots of the largest complete subtrees, by where they begin.
  private let peaks: [Range<Int>: Digest]

  /// Takes the leaves behind the last full tile of a tree of that size, or none of them, and the roots
  /// of the complete subtrees of the whole tree, largest first, or none.
  package init(tiles: Tiles, size: Int, rest: [Digest], peaks: [Digest] = []) {
    precondition(
      rest.isEmpty || rest.count == size % Tiles.width, "the leaves behind the last full tile")
    self.tiles = tiles
    self.size = size
    self.rest = rest
    var (start, known) = (0, [Range<Int>: Digest]())
    for peak in peaks {
      let length = 1 << (Int.bitWidth - 1 - (size - start).leadingZeroBitCount)
      known[start..<start + length] = peak
      start += length
    }
    self.peaks = known
  }

  /// How many leaves lie in full tiles.
  private var full: Int { size - size % Tiles.width }

  /// The root of the leaves in a range that is a subtree of the tree; nil where a tile is missing.
  private func root(of range: Range<Int>) -> Digest? {
    if let peak = peaks[range] { return peak }
    if range.count == 1 { return leaf(range.lowerBound) }
    let isComplete = range.count.nonzeroBitCount == 1
    if isComplete, range.upperBound <= full {
      let height = range.count.trailingZeroBitCount
      return tiles.subtree(height: height, index: range.lowerBound >> height, of: size)
    }
    let middle = range.lowerBound + MerkleTree.split(range.count)
    guard let left = root(of: range.lowerBound..<middle),
      let right = root(of: middle..<range.upperBound)
    else { return nil }
    return MerkleTree.nodeHash(left, right)
  }

  private func leaf(_ index: Int) -> Digest? {
    if index >= full { return index - full < rest.count ? rest[index - full] : nil }
    return tiles.subtree(height: 0, index: index, of: size)
  }

  /// The root of the first leaves.
  package func root(ofFirst count: Int) -> Digest? {
    precondition((0...size).contains(count), "no more leaves than there are")
    return count == 0 ? MerkleTree.emptyRoot : root(of: 0..<count)
  }

  /// The hashes beside the way from a leaf up to the root (RFC 9162 section 2.1.3.1).
  package func inclusionProof(of index: Int) -> [Digest]? {
    path(index, 0..<size)
  }

  private func path(_ index: Int, _ range: Range<Int>) -> [Digest]? {
    guard range.count > 1 else { return [] }
    let middle = range.lowerBound + MerkleTree.split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    let (inner, outer) = index < middle ? (left, right) : (right, left)
    guard let below = path(index, inner), let beside = root(of: outer) else { return nil }
    return below + [beside]
  }

  /// The hashes that show the first leaves to be the tree's beginning (RFC 9162 section 2.1.4.1).
  package func consistencyProof(from count: Int) -> [Digest]? {
    precondition((1...size).contains(count), "a beginning that is not empty")
    return subproof(count, 0..<size, isComplete: true)
  }

  private func subproof(_ count: Int, _ range: Range<Int>, isComplete: Bool) -> [Digest]? {
    if count == range.count {
      if isComplete { return [] }
      return root(of: range).map { [$0] }
    }
    let middle = MerkleTree.split(range.count)
    let left = range.lowerBound..<range.lowerBound + middle
    let right = range.lowerBound + middle..<range.upperBound
    if count <= middle {
      guard let below = subproof(count, left, isComplete: isComplete), let beside = root(of: right)
      else { return nil }
      return below + [beside]
    }
    guard let below = subproof(count - middle, right, isComplete: false),
      let beside = root(of: left)
    else { return nil }
    return below + [beside]
  }
}
