/// What an event says: one kind of the closed vocabulary, a small struct of enums, integers, digests
/// and checked names.
///
/// There is no free text in it and no person: those lie in sealed parts, which it names by salted
/// commitments.
package protocol Fact: Hashable, Sendable, Codable {
  /// The name of the kind in the log, such as `version-made`.
  static var kind: String { get }
  /// Who must have signed it, each of them.
  var roles: [SigningRole] { get }
  /// What it is about; an event names the last one before it that was about the same.
  var entity: String { get }
}

/// Every kind of event there is.
package enum Facts {
  package static let all: [any Fact.Type] = [
    RegistryMade.self, ModelAdded.self, PolicyAllowed.self, PolicyWithdrawn.self,
    DatasetAdded.self, RequestOpened.self, PersonFound.self, RequestDecided.self,
    CaseCleared.self, ForgetBegun.self, VersionMade.self, EvidenceFound.self,
    CertificateIssued.self, AliasMoved.self, DerivedErased.self, ReportMade.self, StateKept.self,
    ClockCorrected.self, VoidAcknowledged.self,
  ]

  private static let byKind = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })

  /// The kind of that name; nil for one that this program does not know.
  package static func type(named kind: String) -> (any Fact.Type)? { byKind[kind] }
}
