package import Records

extension MerkleTree {
  /// The hashes that show the first `size` leaves to be the tree's beginning (RFC 9162, 2.1.4.1).
  ///
  /// - Throws: `SigningError.proof(.outOfRange)` unless `0 < size <= leaves.count`.
  package static func consistencyProof(
    from size: Int, in leaves: [Digest]
  ) throws(SigningError) -> [Digest] {
    guard size > 0, size <= leaves.count else {
      throw .proof(.outOfRange(index: size, size: leaves.count))
    }
    return subproof(size, leaves[...], isComplete: true)
  }

  private static func subproof(
    _ size: Int, _ leaves: ArraySlice<Digest>, isComplete: Bool
  ) -> [Digest] {
    if size == leaves.count { return isComplete ? [] : [root(of: leaves)] }
    let middle = split(leaves.count)
    let left = leaves.prefix(middle)
    let right = leaves.dropFirst(middle)
    return size <= middle
      ? subproof(size, left, isComplete: isComplete) + [root(of: right)]
      : subproof(size - middle, right, isComplete: false) + [root(of: left)]
  }

  /// Checks that a tree grew from an older one without changing it (RFC 9162 section 2.1.4.2).
  ///
  /// An empty older tree is refused: everything is consistent with it, so nothing is proved.
  ///
  /// - Throws: `SigningError.proof` saying what does not fit.
  package static func verifyConsistency(
    oldSize: Int, oldRoot: Digest, newSize: Int, newRoot: Digest, proof: [Digest]
  ) throws(SigningError) {
    guard oldSize > 0, oldSize <= newSize else {
      throw .proof(.outOfRange(index: oldSize, size: newSize))
    }
    if oldSize == newSize {
      guard proof.isEmpty else { throw .proof(.wrongLength(expected: 0, found: proof.count)) }
      guard oldRoot == newRoot else { throw .proof(.rootsDiffer) }
      return
    }
    // The old tree is one complete subtree when its size is a power of two: its root then starts.
    let hashes = oldSize & (oldSize - 1) == 0 ? [oldRoot] + proof : proof
    var place = (oldSize - 1) >> (~(oldSize - 1)).trailingZeroBitCount
    var last = (newSize - 1) >> (~(oldSize - 1)).trailingZeroBitCount
    guard var old = hashes.first else { throw .proof(.wrongLength(expected: 1, found: 0)) }
    var new = old
    var used = 1
    while last > 0 {
      if place & 1 == 1 || place < last {
        guard used < hashes.count else {
          throw .proof(.wrongLength(expected: used + 1, found: hashes.count))
        }
        if place & 1 == 1 {
          old = nodeHash(hashes[used], old)
          new = nodeHash(hashes[used], new)
        } else {
          new = nodeHash(new, hashes[used])
        }
        used += 1
      }
      place >>= 1
      last >>= 1
    }
    guard used == hashes.count else {
      throw .proof(.wrongLength(expected: used, found: hashes.count))
    }
    guard new == newRoot else { throw .proof(.wrongRoot) }
    guard old == oldRoot else { throw .proof(.wrongOldRoot) }
  }
}
