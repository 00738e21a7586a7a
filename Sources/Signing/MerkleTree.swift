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

  /// The largest power of two below `count`, where a tree of more than one leaf is split.
  static func split(_ count: Int) -> Int {
    precondition(count > 1, "a single leaf is not split")
    return 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}

/// A Merkle tree that only grows: the roots of its complete subtrees, largest first.
package struct MerkleAccumulator: Hashable, Sendable {
  package private(set) var count = 0
  private var peaks: [Digest] = []

  package init() {}

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
