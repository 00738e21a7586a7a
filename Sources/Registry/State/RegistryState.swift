package import Records
package import Signing

/// What is so: a pure function of the events of the log, and of nothing else.
///
/// No sealed part, blob, clock or row of a database enters it, so it can be computed again by anybody
/// who has the log, and every decision rests on it.
package struct RegistryState: Equatable, Sendable {
  /// The random id that every event of the registry bears.
  package internal(set) var id = ""
  /// How many events it is the fold of.
  package internal(set) var size = 0
  /// The latest time of an event, RFC 3339.
  package internal(set) var time = ""
  /// How many events of the last one's change were still to come; none where the log is whole.
  package internal(set) var ahead = 0
  package internal(set) var keys: [SigningRole: PublicKey] = [:]
  /// Models in the order they were added.
  package internal(set) var models: [String] = []
  package internal(set) var datasets: [DatasetState] = []
  package internal(set) var policies: [Digest: AllowedPolicy] = [:]
  package internal(set) var versions = StateList<VersionState>()
  package internal(set) var cases = StateList<CaseState>()
  package internal(set) var certificates = StateList<CertificateState>()
  package internal(set) var aliases: [AliasName: AliasState] = [:]
  package internal(set) var runs = StateList<RunState>()
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
  var heads = EntityHeads()
  /// What the above is looked up by.
  var index = StateIndex()

  package init() {}

  package func dataset(_ root: Digest) -> DatasetState? { datasets.first { $0.root == root } }

  /// The index of the last event about an entity; nil when there was none.
  package func lastEvent(about entity: String) -> Int? { heads[entity] }

  /// Every policy that was ever allowed.
  var policiesEverAllowed: [Digest] {
    let kind = "policy/"
    return heads.entities(beginning: kind).compactMap { Digest(hex: $0.dropFirst(kind.count)) }
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
  package var name: String { Self.name(number, of: model) }

  package static func name(_ number: Int, of model: String) -> String { "\(model)@v\(number)" }

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
