import Records
import Signing

/// The hashes beside the way from the first leaf up to the root, kept up to date as the tree grows.
///
/// With them a reader who begins at a kept state still knows that the first event, which names the
/// keys, is under the checkpoint.
struct FirstLeafPath: Hashable {
  /// The roots of the leaves 1, 2–3, 4–7, … as far as they are complete.
  private(set) var spine: [Digest] = []
  /// Those behind the last complete run.
  private(set) var rest = MerkleAccumulator()
  private(set) var count = 0

  init() {}

  init(count: Int, spine: [Digest], rest: MerkleAccumulator) {
    self.count = count
    self.spine = spine
    self.rest = rest
  }

  /// Takes the next leaf hash.
  mutating func append(_ leaf: Digest) {
    defer { count += 1 }
    guard count > 0 else { return }
    rest.append(leaf)
    guard count + 1 == 2 * (count + 1 - rest.count) else { return }
    spine.append(rest.root)
    rest = MerkleAccumulator()
  }

  /// The inclusion proof of leaf 0 (RFC 9162 section 2.1.3.1).
  var proof: [Digest] { spine + (rest.count > 0 ? [rest.root] : []) }
}
