import Records
import Signing

extension AuditorFolder {
  /// RFC 6962, section 2.1, as it is written there.
  enum Tree {
    static func leaf(_ bytes: [UInt8]) -> [UInt8] { SHA256.digest(of: [0] + bytes).bytes }

    static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
      guard leaves.count > 1 else { return leaves.first ?? [] }
      let (left, right) = halves(leaves)
      return SHA256.digest(of: [1] + root(left) + root(right)).bytes
    }

    static func path(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
      guard leaves.count > 1 else { return [] }
      let (left, right) = halves(leaves)
      return index < left.count
        ? path(index, left) + [root(right)] : path(index - left.count, right) + [root(left)]
    }

    private static func halves(
      _ leaves: ArraySlice<[UInt8]>
    ) -> (ArraySlice<[UInt8]>, ArraySlice<[UInt8]>) {
      var count = 1
      while count * 2 < leaves.count { count *= 2 }
      return (leaves.prefix(count), leaves.dropFirst(count))
    }
  }
}
