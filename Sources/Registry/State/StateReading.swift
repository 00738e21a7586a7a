import Records
import Signing

/// A kept state that is being read, line by line; its digest has been held against the log.
struct StateReading {
  private(set) var state = RegistryState()
  private var tree: MerkleAccumulator?
  private var spine: [Digest] = []
  private var rest: MerkleAccumulator?
  private var isTitled = false

  /// Reads a text.
  ///
  /// Cost: of versions, cases, certificates and runs what they are looked up by; the rest of them is
  /// read when it is asked for, and what does not fit then is as nothing.
  ///
  /// - Returns: nil for a text that is none.
  static func read(
    _ bytes: [UInt8]
  ) -> (state: RegistryState, tree: MerkleAccumulator, first: FirstLeafPath)? {
    guard bytes.last == 0x0A else { return nil }
    var reading = StateReading()
    var fields = StateFields(bytes, bytes.indices)
    while fields.nextLine() {
      guard reading.take(fields.text(), &fields), fields.isSound else { return nil }
    }
    guard reading.isTitled, let tree = reading.tree, let rest = reading.rest,
      reading.state.makeIndexes()
    else { return nil }
    let state = reading.state
    return (state, tree, FirstLeafPath(count: state.size, spine: reading.spine, rest: rest))
  }

  private mutating func take(_ word: String, _ fields: inout StateFields) -> Bool {
    switch word {
    case "imu-registry":
      isTitled =
        "\(word) \(fields.text()) \(fields.text())" == RegistryState.title && fields.isAtEnd
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
    default: return state.take(word, &fields) || state.takeSection(word, &fields)
    }
    return true
  }
}

extension RegistryState {
  /// Takes a line of what there is little of.
  fileprivate mutating func take(_ word: String, _ fields: inout StateFields) -> Bool {
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
    case "alias":
      let name = AliasName(model: fields.text(), alias: fields.text())
      aliases[name] = AliasState(&fields)
    case "erased": erased.insert(fields.digest())
    case "reason": reasons.insert(fields.digest())
    case "void": voids.append(VoidState(&fields))
    default: return false
    }
    return true
  }

  /// Takes the lines of a kind that there may be thousands of, all at once.
  fileprivate mutating func takeSection(_ word: String, _ fields: inout StateFields) -> Bool {
    switch word {
    case VersionState.word where versions.isEmpty: versions = StateList(fields.section(word))
    case CaseState.word where cases.isEmpty: cases = StateList(fields.section(word))
    case CertificateState.word where certificates.isEmpty:
      certificates = StateList(fields.section(word))
    case RunState.word where runs.isEmpty: runs = StateList(fields.section(word))
    case EntityHeads.word where heads.isEmpty:
      guard let sorted = EntityHeads(fields.section(word)) else { return false }
      heads = sorted
    default: return false
    }
    return true
  }
}
