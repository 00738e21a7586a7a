package import Records

extension MerkleTree {
  /// The hashes beside the way from a leaf up to the root (RFC 9162 section 2.1.3.1).
  ///
  /// - Throws: `SigningError.proof(.outOfRange)`.
  package static func inclusionProof(
    of index: Int, in leaves: [Digest]
  ) throws(SigningError) -> [Digest] {
    guard leaves.indices.contains(index) else {
      throw .proof(.outOfRange(index: index, size: leaves.count))
    }
    return path(index, leaves[...])
  }

  private static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    let middle = split(leaves.count)
    let left = leaves.prefix(middle)
    let right = leaves.dropFirst(middle)
    return index < middle
      ? path(index, left) + [root(of: right)]
      : path(index - middle, right) + [root(of: left)]
  }

  /// Checks that a leaf is in the tree with that root (RFC 9162 section 2.1.3.2).
  ///
  /// - Throws: `SigningError.proof` saying what does not fit.
  package static func verifyInclusion(
    of leaf: Digest, at index: Int, size: Int, proof: [Digest], root: Digest
  ) throws(SigningError) {
    guard try self.root(from: leaf, at: index, size: size, proof: proof) == root else {
      throw .proof(.wrongRoot)
    }
  }

  /// The root that a leaf and the hashes beside its way come to.
  ///
  /// - Throws: `SigningError.proof` when there are more or fewer hashes than the way has.
  package static func root(
    from leaf: Digest, at index: Int, size: Int, proof: [Digest]
  ) throws(SigningError) -> Digest {
    guard index >= 0, index < size else { throw .proof(.outOfRange(index: index, size: size)) }
    var place = index
    var last = size - 1
    var node = leaf
    var used = 0
    while last > 0 {
      if place & 1 == 1 || place < last {
        guard used < proof.count else { break }
        node = place & 1 == 1 ? nodeHash(proof[used], node) : nodeHash(node, proof[used])
        used += 1
      }
      place >>= 1
      last >>= 1
    }
    let length = inclusionLength(index, size)
    guard proof.count == length else {
      throw .proof(.wrongLength(expected: length, found: proof.count))
    }
    return node
  }

  private static func inclusionLength(_ index: Int, _ size: Int) -> Int {
    var (place, last, length) = (index, size - 1, 0)
    while last > 0 {
      if place & 1 == 1 || place < last { length += 1 }
      place >>= 1
      last >>= 1
    }
    return length
  }
}
