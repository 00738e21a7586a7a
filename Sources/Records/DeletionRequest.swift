/// A person's request to be forgotten, after GDPR Article 17, as the registry keeps it.
package struct DeletionRequest: Hashable, Sendable, Codable {
  /// Given by the organisation, such as `DSR-2026-001`.
  package let id: String
  /// Whose records; stays in the ledger, never in the log.
  package let selector: Selector
  package let receivedOn: CalendarDate
  /// One month after receipt (GDPR Article 12(3)).
  package let deadline: CalendarDate
  package var state: RequestState
  /// Who approved or refused it, and when (RFC 3339).
  package var decidedBy: String?
  package var decidedAt: String?
  /// HMAC-SHA256 of the canonical selector under the request's own salt.
  package let commitment: Digest

  package init(
    id: String, selector: Selector, receivedOn: CalendarDate, state: RequestState = .received,
    decidedBy: String? = nil, decidedAt: String? = nil, commitment: Digest
  ) {
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

/// The states of a request, and the only ways between them.
package enum RequestState: String, Hashable, Sendable, Codable, CaseIterable {
  case received, approved, mitigated, closed, refused

  /// Whether a request may go from this state to another.
  package func mayBecome(_ next: RequestState) -> Bool {
    switch (self, next) {
    case (.received, .approved), (.received, .refused), (.approved, .refused),
      (.approved, .mitigated), (.approved, .closed), (.mitigated, .mitigated),
      (.mitigated, .closed), (.closed, .closed):
      true
    default: false
    }
  }
}
