package import Records

/// The Merkle tree of RFC 6962 and RFC 9162 section 2.1 over hashed leaves.
package enum MerkleTree {
  /// The root of no leaves: SHA-256 of nothing.
  package static var emptyRoot: Digest { SHA256.digest(of: []) }

  /// `SHA-256(0x00 || entry)`.
  package static func leafHash(_ entry: [UInt8]) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update([0])
    hasher.update(entry)
    return hasher.finalize()
  }

  /// `SHA-256(0x01 || left || right)`.
  package static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update([1])
    hasher.update(left.bytes)
    hasher.update(right.bytes)
    return hasher.finalize()
  }

  /// The root over leaf hashes, in O(log n) memory.
  package static func root(of leaves: some Sequence<Digest>) -> Digest {
    var accumulator = MerkleAccumulator()
    for leaf in leaves { accumulator.append(leaf) }
    return accumulator.root
  }

  /// The root of a complete subtree, of its nodes of one height, a power of two of them.
  package static func foldComplete(_ nodes: [Digest]) -> Digest {
    precondition(nodes.count.nonzeroBitCount == 1, "a power of two of nodes")
    var level = nodes
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { nodeHash(level[$0], level[$0 + 1]) }
    }
    return level[0]
  }

  /// The largest power of two below `count`, where a tree of more than one leaf is split.
  package static func split(_ count: Int) -> Int {
    precondition(count > 1, "a single leaf is not split")
    return 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}

/// A Merkle tree that only grows: the roots of its complete subtrees, largest first.
package struct MerkleAccumulator: Hashable, Sendable {
  package private(set) var count = 0
  /// The roots of the complete subtrees, largest first.
  package private(set) var peaks: [Digest] = []

  package init() {}

  /// Goes on from the roots of the complete subtrees of so many leaves; nil when they are more or
  /// fewer than those leaves have.
  package init?(count: Int, peaks: [Digest]) {
    guard count >= 0, count.nonzeroBitCount == peaks.count else { return nil }
    self.count = count
    self.peaks = peaks
  }

  /// Takes the next leaf hash.
  package mutating func append(_ leaf: Digest) {
    var node = leaf
    for _ in 0..<count.trailingOneBitCount { node = MerkleTree.nodeHash(peaks.removeLast(), node) }
    peaks.append(node)
    count += 1
  }

  /// The root of all leaves taken so far.
  package var root: Digest {
    guard var node = peaks.last else { return MerkleTree.emptyRoot }
    for peak in peaks.dropLast().reversed() { node = MerkleTree.nodeHash(peak, node) }
    return node
  }
}

extension Int {
  fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
