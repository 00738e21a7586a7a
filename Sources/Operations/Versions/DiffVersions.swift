package import Records
import Registry
import Verification

/// What differs between two versions.
package struct VersionDifference: Sendable, Encodable {
  package let from: String
  package let to: String
  package let sameConfiguration: Bool
  package let tensors: [TensorChange]
}

extension Workplace {
  /// Compares two versions tensor by tensor, in constant memory.
  ///
  /// - Throws: `VerificationError` when their architectures differ.
  package func difference(_ first: String, _ second: String) throws -> VersionDifference {
    try reading { store in
      let (from, to) = (try store.version(named: first), try store.version(named: second))
      return VersionDifference(
        from: from.name, to: to.name, sameConfiguration: from.configuration == to.configuration,
        tensors: try TensorChange.all(
          from: try store.verifiedNetwork(of: from), to: try store.verifiedNetwork(of: to)))
    }
  }
}
