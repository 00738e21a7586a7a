/// A person's request to be forgotten, after GDPR Article 17, as the officer knows it.
///
/// The log has its number, its dates and its state; the rest comes out of its sealed parts.
package struct DeletionRequest: Hashable, Sendable {
  /// Its name in the log.
  package let number: CaseNumber
  /// Its place among all cases, in the order of the log.
  package let ordinal: Int
  /// Given by the organisation, such as `DSR-2026-001`.
  package let id: String
  package let selector: Selector
  package let receivedOn: CalendarDate
  /// One month after receipt (GDPR Article 12(3)).
  package let deadline: CalendarDate
  /// Computed from the log: what was decided and certified, and what every alias serves.
  package let state: RequestState
  /// Who approved or refused it, and when (RFC 3339).
  package let decidedBy: String?
  package let decidedAt: String?
  /// The salted commitment to id, selector and date.
  package let commitment: Digest

  package init(
    number: CaseNumber, ordinal: Int, id: String, selector: Selector, receivedOn: CalendarDate,
    state: RequestState, decidedBy: String?, decidedAt: String?, commitment: Digest
  ) {
    self.number = number
    self.ordinal = ordinal
    self.id = id
    self.selector = selector
    self.receivedOn = receivedOn
    self.deadline = receivedOn.oneMonthLater
    self.state = state
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
    self.commitment = commitment
  }
}

/// The states of a request.
package enum RequestState: String, Hashable, Sendable, Codable, CaseIterable {
  case received, approved, mitigated, closed, refused

  /// Whether records of the request's person are kept out of training.
  package var forbidsTraining: Bool {
    switch self {
    case .approved, .mitigated, .closed: true
    case .received, .refused: false
    }
  }

  /// Whether nothing that was made from the person's records may be kept any more.
  package var forbidsDerivedData: Bool {
    switch self {
    case .mitigated, .closed: true
    case .received, .approved, .refused: false
    }
  }
}
