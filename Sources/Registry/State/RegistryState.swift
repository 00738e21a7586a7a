package import Records
package import Signing

/// What is so: a pure function of the events of the log, and of nothing else.
///
/// No sealed part, blob, clock or row of a database enters it, so it can be computed again by anybody
/// who has the log, and every decision rests on it.
package struct RegistryState: Hashable, Sendable {
  /// The random id that every event of the registry bears.
  package internal(set) var id = ""
  /// How many events it is the fold of.
  package internal(set) var size = 0
  /// The latest time of an event, RFC 3339.
  package internal(set) var time = ""
  package internal(set) var keys: [SigningRole: PublicKey] = [:]
  /// Models in the order they were added.
  package internal(set) var models: [String] = []
  package internal(set) var datasets: [DatasetState] = []
  package internal(set) var policies: [Digest: AllowedPolicy] = [:]
  package internal(set) var versions: [VersionState] = []
  package internal(set) var cases: [CaseState] = []
  package internal(set) var certificates: [CertificateState] = []
  package internal(set) var aliases: [AliasName: AliasState] = [:]
  package internal(set) var runs: [Digest: RunState] = [:]
  /// The files that were erased because they held somebody's records.
  package internal(set) var erased: Set<Digest> = []
  package internal(set) var voids: [VoidState] = []
  /// The schema of an event that this program does not know; it decides nothing then.
  package internal(set) var newerSchema: Int?
  /// Commitments of sealed reasons that are no case's.
  package internal(set) var reasons: Set<Digest> = []
  /// The commitment of the sealed tags by which requests are looked up.
  package internal(set) var requestTags: Digest?
  /// Of those before them.
  package internal(set) var formerRequestTags: Digest?
  /// The last event about each entity.
  var heads: [String: Int] = [:]

  // Made from the above.
  var versionOrdinals: [Digest: Int] = [:]
  var caseOrdinals: [CaseNumber: Int] = [:]
  private var latestOfModel: [String: Int] = [:]
  /// The first version of each weights.
  private var firstOfWeights: [Digest: Int] = [:]
  /// The certificates of each version, by their place in `certificates`.
  var certificatesOfVersion: [Int: [Int]] = [:]

  package init() {}

  /// The version of that digest, by its ordinal.
  package func ordinal(of version: Digest) -> Int? { versionOrdinals[version] }

  package func version(_ digest: Digest) -> VersionState? {
    versionOrdinals[digest].map { versions[$0] }
  }

  /// The first version that has weights of that digest.
  package func version(ofWeights weights: Digest) -> Int? { firstOfWeights[weights] }

  /// Makes room, as growing step by step costs as much as reading.
  mutating func reserve(versions count: Int) {
    versions.reserveCapacity(count)
    versionOrdinals.reserveCapacity(count)
    firstOfWeights.reserveCapacity(count)
  }

  mutating func reserve(cases count: Int) {
    cases.reserveCapacity(count)
    caseOrdinals.reserveCapacity(count)
  }

  mutating func append(_ version: VersionState) {
    let ordinal = versions.count
    versionOrdinals[version.digest] = ordinal
    latestOfModel[version.model] = ordinal
    if firstOfWeights[version.weights] == nil { firstOfWeights[version.weights] = ordinal }
    versions.append(version)
  }

  package func ordinal(of number: CaseNumber) -> Int? { caseOrdinals[number] }

  package func dataset(_ root: Digest) -> DatasetState? { datasets.first { $0.root == root } }

  /// The next number of a model's versions; 1 for the first.
  package func nextNumber(of model: String) -> Int {
    (latestOfModel[model].map { versions[$0].number } ?? 0) + 1
  }

  /// The certificates of a version, in the order of the log.
  package func certificates(of version: Int) -> [CertificateState] {
    (certificatesOfVersion[version] ?? []).map { certificates[$0] }
  }

  /// The certificates for a case, in the order of the log.
  package func certificates(for ordinal: Int) -> [CertificateState] {
    certificates.filter { $0.ordinal == ordinal }
  }

  /// The index of the last event about an entity; nil when there was none.
  package func lastEvent(about entity: String) -> Int? { heads[entity] }

  /// Every policy that was ever allowed.
  var policiesEverAllowed: [Digest] {
    let kind = "policy/"
    return heads.keys.filter { $0.hasPrefix(kind) }.compactMap {
      Digest(hex: $0.dropFirst(kind.count))
    }
  }

  /// The entities that a void event was about and root has not looked at.
  package var frozen: Set<String> { Set(voids.filter { !$0.isAcknowledged }.compactMap(\.entity)) }
}

/// A data set as the log has it.
package struct DatasetState: Hashable, Sendable {
  package let name: String
  package let root: Digest
  package let recordCount: Int
  package let opening: Digest
  package let index: Int
  /// RFC 3339, UTC.
  package let time: String
}

/// A policy that may mitigate and close.
package struct AllowedPolicy: Hashable, Sendable {
  package let name: String
  package let floor: Verdict
  package let goal: Verdict
  package let index: Int
}

/// A version as the log has it.
package struct VersionState: Hashable, Sendable {
  package let model: String
  package let number: Int
  package let digest: Digest
  package let manifestSize: Int
  package let weights: Digest
  package let configuration: Digest
  package let lineage: Digest
  package let signature: Digest
  /// The parent's ordinal.
  package let parent: Int?
  package let method: String
  package let scope: String?
  package internal(set) var parts: [PartMade]
  package let run: Digest?
  package let index: Int
  /// RFC 3339, UTC.
  package let time: String

  package var shortName: String { "v\(number)" }
  package var name: String { "\(model)@v\(number)" }

  /// The method as people read it, such as `imu, scope classifier`.
  package var title: String { method + (scope.map { ", scope \($0)" } ?? "") }
}

/// A case as the log has it.
package struct CaseState: Hashable, Sendable {
  package let number: CaseNumber
  package let opening: Digest
  package let receivedOn: CalendarDate
  package let index: Int
  package let openedAt: String
  package internal(set) var decision: RequestDecided.Decision?
  package internal(set) var decisionOpening: Digest?
  /// The commitments of every decision there was.
  package internal(set) var openings: [Digest] = []
  package internal(set) var decidedAt: String?
  /// The index of the event that approved or refused it.
  package internal(set) var decidedIndex: Int?
  /// Whether every version in use was found clear by lineage.
  package internal(set) var isCleared = false
  /// Whether the engine has said where the person was found, be it nowhere.
  package internal(set) var isSearched = false
}

/// A certificate as the log has it.
package struct CertificateState: Hashable, Sendable {
  /// The case, by its ordinal.
  package let ordinal: Int
  /// The version, by its ordinal.
  package let version: Int
  package let run: Digest
  package let envelope: Digest
  package let evidence: Digest
  package let policy: Digest
  package let verdict: Verdict
  /// Whether its policy was allowed and the verdict meets its floor.
  package let meetsFloor: Bool
  /// Whether its policy was allowed and the verdict is PASS, and its goal.
  package let meetsGoal: Bool
  /// Whether records of the person were found since, of which it says nothing.
  package internal(set) var isOvertaken = false
  package let index: Int
  package let time: String
  /// The commitments of its sealed papers, by file name; nil before they are written.
  package internal(set) var papers: [String: Digest]?

  package var mitigates: Bool { meetsFloor && !isOvertaken }
  package var closes: Bool { meetsGoal && !isOvertaken }
}

/// The full name of an alias.
package struct AliasName: Hashable, Sendable, Comparable {
  package let model: String
  package let alias: String

  package init(model: String, alias: String) {
    self.model = model
    self.alias = alias
  }

  package static func < (left: AliasName, right: AliasName) -> Bool {
    left.model == right.model
      ? ByteOrder.precedes(left.alias, right.alias) : ByteOrder.precedes(left.model, right.model)
  }
}

/// Where an alias stands, and where it has stood, by ordinals of versions.
package struct AliasState: Hashable, Sendable {
  package internal(set) var version: Int
  package internal(set) var stoodAt: RecordSelection
  package internal(set) var index: Int
}

/// A forget that has begun.
package struct RunState: Hashable, Sendable {
  package let run: Digest
  /// The case, by its ordinal.
  package let ordinal: Int
  /// The version that is to forget, by its ordinal.
  package let parent: Int
  package let policy: Digest
  package let withheld: RecordSelection
  package let index: Int
  package let time: String
  /// The version it made, by its ordinal.
  package internal(set) var version: Int?
  package internal(set) var evidence: Digest?
  package internal(set) var verdict: Verdict?
}

/// An event that is under the checkpoint and may not be.
package struct VoidState: Hashable, Sendable {
  package let index: Int
  /// What it was about; nil when that cannot be told.
  package let entity: String?
  package let reason: String
  package internal(set) var isAcknowledged = false
}
