import Records
import Signing

/// The whole decision state as one canonical text: a line a thing, in the order of the log or sorted.
///
/// Lines rather than JSON, because a command has all of it before it decides: most of them are decoded
/// only when they are asked for.
extension RegistryState {
  static let title = "imu-registry state 2"

  /// The text that is kept, with the roots of the log's complete subtrees.
  func text(tree: MerkleAccumulator, first: FirstLeafPath) -> [UInt8] {
    precondition(tree.count == size, "the tree of the same events")
    var lines = StateLines()
    lines.add([Self.title])
    lines.add(["registry", id, "\(size)", time, newerSchema.map { "\($0)" } ?? "-"])
    lines.add(["tree"] + tree.peaks.map(\.hex))
    lines.add(["spine"] + first.spine.map(\.hex))
    lines.add(["right", "\(first.rest.count)"] + first.rest.peaks.map(\.hex))
    if requestTags != nil || formerRequestTags != nil {
      lines.add(["tags", requestTags?.hex ?? "-", formerRequestTags?.hex ?? "-"])
    }
    for (role, key) in keys.sorted(by: { $0.key < $1.key }) {
      lines.add(["key", role.rawValue, Hexadecimal.encode(key.der)])
    }
    for model in models { lines.add(["model", model]) }
    for dataset in datasets { lines.add(["dataset"] + dataset.fields) }
    for (digest, policy) in policies.sorted(by: { $0.key < $1.key }) {
      lines.add(["policy", digest.hex] + policy.fields)
    }
    versions.write(to: &lines)
    cases.write(to: &lines)
    certificates.write(to: &lines)
    for (name, alias) in aliases.sorted(by: { $0.key < $1.key }) {
      lines.add(["alias", name.model, name.alias] + alias.fields)
    }
    runs.write(to: &lines)
    for digest in erased.sorted() { lines.add(["erased", digest.hex]) }
    for digest in reasons.sorted() { lines.add(["reason", digest.hex]) }
    for void in voids { lines.add(["void"] + void.fields) }
    heads.write(to: &lines)
    return lines.bytes
  }
}
