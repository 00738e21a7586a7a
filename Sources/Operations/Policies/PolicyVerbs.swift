package import Records
import Registry

/// A policy that may mitigate and close, as lists show it.
package struct PolicySummary: Hashable, Sendable, Encodable {
  package let name: String
  /// SHA-256 of the policy file's bytes.
  package let digest: Digest
  package let floor: Verdict
  package let goal: Verdict
  /// The event that allowed it.
  package let logIndex: Int
}

extension Workplace {
  /// The policies that may mitigate and close, by name and then in the order they were allowed.
  package func policies() throws -> [PolicySummary] {
    try reading { Self.policies(in: $0.state) }
  }

  /// Lets the policy of a file mitigate and close, by the digest of its bytes, which are kept.
  ///
  /// One that is allowed already stays so, and nothing is committed.
  package func allowPolicy(_ path: String) throws -> PolicySummary {
    let policy = try NamedPolicy(path: path, beside: registryPath)
    return try writing { store in
      try store.checkPolicyName(policy.policy.name)
      let digest = try store.blobs.put(policy.bytes)
      try store.commit(at: now()) { batch in
        guard batch.state.policies[digest] == nil else { return }
        try batch.add(policy.allowed)
      }
      return try Self.policy(digest.hex, in: store.state)
    }
  }

  /// Takes back that a policy may mitigate and close; what it has mitigated stays so.
  ///
  /// - Returns: what the policy was.
  /// - Throws: `Failure` when the name or the beginning of a digest means no policy, or several.
  package func withdrawPolicy(_ name: String) throws -> PolicySummary {
    try writing { store in
      try store.commit(at: now()) { batch in
        let policy = try Self.policy(name, in: batch.state)
        try batch.add(PolicyWithdrawn(policy: policy.digest))
        return policy
      }
    }
  }

  private static func policies(in state: RegistryState) -> [PolicySummary] {
    state.policies.map { digest, policy in
      PolicySummary(
        name: policy.name, digest: digest, floor: policy.floor, goal: policy.goal,
        logIndex: policy.index)
    }.sorted {
      $0.name == $1.name ? $0.logIndex < $1.logIndex : ByteOrder.precedes($0.name, $1.name)
    }
  }

  /// Fewer might be those of a digest that another policy has one day.
  private static let fewestDigits = 8

  /// The policy of that name, or whose digest begins so.
  private static func policy(_ name: String, in state: RegistryState) throws -> PolicySummary {
    let all = policies(in: state)
    let digits = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
    // A name that looks like another policy's digest is told from it by neither.
    let found = all.filter {
      $0.name == name || digits.utf8.count >= fewestDigits && $0.digest.hex.hasPrefix(digits)
    }
    guard let policy = found.first else {
      throw Failure(
        "no policy that is allowed is called '\(name)'",
        hint: "see: imu-registry policy list; of a digest give \(fewestDigits) digits or more")
    }
    guard found.count == 1 else {
      throw Failure(
        "'\(name)' means \(found.map(\.digest.hex).joined(separator: " and "))",
        hint: "name it by all of its digest")
    }
    return policy
  }
}
