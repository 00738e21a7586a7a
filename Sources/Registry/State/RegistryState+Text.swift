import Records
import Signing

/// The whole decision state as one canonical text: a line a thing, in the order of the log or sorted.
///
/// Lines rather than JSON, because a command reads all of it before it decides.
extension RegistryState {
  private static let title = "imu-registry state 2"

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
    for version in versions { lines.add(["version"] + version.fields) }
    for found in cases { lines.add(["case"] + found.fields) }
    for certificate in certificates { lines.add(["certificate"] + certificate.fields) }
    for (name, alias) in aliases.sorted(by: { $0.key < $1.key }) {
      lines.add(["alias", name.model, name.alias] + alias.fields)
    }
    for run in runs.values.sorted(by: { ($0.index, $0.run) < ($1.index, $1.run) }) {
      lines.add(["run"] + run.fields)
    }
    for digest in erased.sorted() { lines.add(["erased", digest.hex]) }
    for digest in reasons.sorted() { lines.add(["reason", digest.hex]) }
    for void in voids { lines.add(["void"] + void.fields) }
    for (entity, index) in heads.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
      lines.add(["head", entity, "\(index)"])
    }
    return lines.bytes
  }

  /// Reads a kept state; its digest has been held against the log.
  ///
  /// Two threads read it in two halves: up to the last version, and from the first case on.
  ///
  /// - Returns: nil for a text that is none.
  static func read(
    _ bytes: [UInt8], threads: Int = 1
  ) -> (state: RegistryState, tree: MerkleAccumulator, first: FirstLeafPath)? {
    let middle = StateFields.firstLine(beginning: "case ", in: bytes) ?? bytes.count
    var halves = Workers.map([0..<middle, middle..<bytes.count], threads: threads, share: 1) {
      StateHalf(bytes, $0)
    }
    guard let tail = halves.removeLast(), let head = halves.removeLast(), head.isTitled,
      !tail.hasBeginning, let tree = head.tree, let rest = head.rest,
      let state = head.state.joined(by: tail.state, isAlone: middle == bytes.count)
    else { return nil }
    return (state, tree, FirstLeafPath(count: state.size, spine: head.spine, rest: rest))
  }

  /// What some lines of a text say.
  private struct StateHalf: Sendable {
    var state = RegistryState()
    private(set) var tree: MerkleAccumulator?
    private(set) var spine: [Digest] = []
    private(set) var rest: MerkleAccumulator?
    private(set) var isTitled = false

    /// Whether there are lines in it that belong before all others.
    var hasBeginning: Bool { isTitled || tree != nil || rest != nil || !spine.isEmpty }

    /// - Returns: nil where a line is none.
    init?(_ bytes: [UInt8], _ range: Range<Int>) {
      var fields = StateFields(bytes, range)
      while fields.nextLine() {
        guard take(fields.text(), &fields), fields.isSound else { return nil }
      }
    }

    private mutating func take(_ word: String, _ fields: inout StateFields) -> Bool {
      switch word {
      case "imu-registry":
        isTitled = "\(word) \(fields.text()) \(fields.text())" == title && fields.isAtEnd
      case "registry":
        state.id = fields.text()
        state.size = fields.integer()
        state.time = fields.text()
        state.newerSchema = fields.optionalInteger()
      case "tree": tree = MerkleAccumulator(count: state.size, peaks: fields.digests())
      case "spine": spine = fields.digests()
      case "right":
        let count = fields.integer()
        rest = MerkleAccumulator(count: count, peaks: fields.digests())
      default: return state.take(word, &fields)
      }
      return true
    }
  }

  private mutating func take(_ word: String, _ fields: inout StateFields) -> Bool {
    switch word {
    case "key":
      guard let role = SigningRole(rawValue: fields.text()),
        let der = Hexadecimal.decode(fields.text()), let key = try? PublicKey(der: der)
      else { return false }
      keys[role] = key
    case "tags":
      requestTags = fields.optionalDigest()
      formerRequestTags = fields.optionalDigest()
    case "model": models.append(fields.text())
    case "dataset": datasets.append(DatasetState(&fields))
    case "policy": policies[fields.digest()] = AllowedPolicy(&fields)
    case "version":
      if versions.isEmpty { reserve(versions: fields.rest / 360) }
      append(VersionState(&fields))
    case "case":
      guard let found = CaseState(&fields) else { return false }
      if cases.isEmpty { reserve(cases: fields.rest / 120) }
      caseOrdinals[found.number] = cases.count
      cases.append(found)
    case "certificate":
      let certificate = CertificateState(&fields)
      certificatesOfVersion[certificate.version, default: []].append(certificates.count)
      certificates.append(certificate)
    case "alias":
      let name = AliasName(model: fields.text(), alias: fields.text())
      aliases[name] = AliasState(&fields)
    case "run":
      let run = RunState(&fields)
      runs[run.run] = run
    case "erased": erased.insert(fields.digest())
    case "reason": reasons.insert(fields.digest())
    case "void": voids.append(VoidState(&fields))
    case "head":
      let entity = fields.text()
      // Of entity, index and word there are at least twenty bytes.
      if heads.isEmpty { heads.reserveCapacity(fields.rest / 20) }
      heads[entity] = fields.integer()
    default: return false
    }
    return true
  }
}
