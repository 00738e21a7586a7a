/// Why a Merkle proof proves nothing.
package enum ProofFlaw: Hashable, Sendable, CustomStringConvertible {
  /// The sizes or the index do not describe a place in a tree.
  case outOfRange(index: Int, size: Int)
  /// A proof of that shape has another number of hashes.
  case wrongLength(expected: Int, found: Int)
  /// The tree is not the one it was.
  case rootsDiffer
  /// The hashes lead to another root; for consistency, another old root.
  case wrongRoot
  case wrongOldRoot

  package var description: String {
    switch self {
    case .outOfRange(let index, let size):
      "a tree of size \(size) has no proof for \(index)"
    case .wrongLength(let expected, let found):
      "the proof has \(found) hashes where \(expected) belong"
    case .rootsDiffer: "two trees of one size have different roots"
    case .wrongRoot: "the proof leads to another root"
    case .wrongOldRoot: "the proof leads to another root of the older tree"
    }
  }
}
