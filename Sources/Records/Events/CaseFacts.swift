/// A request to be forgotten, by its case number; whose it is lies in the sealed part.
package struct RequestOpened: Fact {
  package static let kind = "request-opened"
  package var roles: [SigningRole] { [.desk] }
  package var entity: String { "case/\(number)" }

  package let number: CaseNumber
  /// The commitment of the sealed part: id, selector and date.
  package let opening: Digest
  package let receivedOn: CalendarDate

  package init(number: CaseNumber, opening: Digest, receivedOn: CalendarDate) {
    self.number = number
    self.opening = opening
    self.receivedOn = receivedOn
  }
}

/// The steps of training that read records of a case's person, as the engine found them by opening
/// what each step read.
package struct PersonFound: Fact {
  package static let kind = "person-found"
  package var roles: [SigningRole] { [.engine] }
  package var entity: String { "case/\(number)" }

  package let number: CaseNumber
  /// By the name of the part that was trained: versions by their ordinal in the log.
  package let versions: [String: RecordSelection]

  package init(number: CaseNumber, versions: [String: RecordSelection]) {
    self.number = number
    self.versions = versions
  }
}

/// An officer's decision; who and why lie in the sealed part.
package struct RequestDecided: Fact {
  package enum Decision: String, Hashable, Sendable, Codable {
    case approved, refused
  }

  package static let kind = "request-decided"
  package var roles: [SigningRole] { [.officer] }
  package var entity: String { "case/\(number)" }

  package let number: CaseNumber
  package let decision: Decision
  package let opening: Digest

  package init(number: CaseNumber, decision: Decision, opening: Digest) {
    self.number = number
    self.decision = decision
    self.opening = opening
  }
}

/// Every version in use is clear of the person by lineage, so nothing has to be made.
package struct CaseCleared: Fact {
  package static let kind = "case-cleared"
  package var roles: [SigningRole] { [.engine] }
  package var entity: String { "case/\(number)" }

  package let number: CaseNumber

  package init(number: CaseNumber) { self.number = number }
}

/// Something that was made from people's records is gone, because it held somebody's.
package struct DerivedErased: Fact {
  package static let kind = "derived-erased"
  package var roles: [SigningRole] { [.engine] }
  package var entity: String { "derived/\(file.hex)" }

  /// The digest of the file that went.
  package let file: Digest

  package init(file: Digest) { self.file = file }
}
