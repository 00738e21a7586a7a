package import Records
import Signing

/// One change of a request's state.
package struct RequestChange: Hashable, Sendable, Codable {
  package let request: String
  package let from: RequestState
  package let to: RequestState
  /// RFC 3339, UTC.
  package let changedAt: String
  package let changedBy: String
  package let reason: String?

  package init(
    request: String, from: RequestState, to: RequestState, changedAt: String, changedBy: String,
    reason: String? = nil
  ) {
    self.request = request
    self.from = from
    self.to = to
    self.changedAt = changedAt
    self.changedBy = changedBy
    self.reason = reason
  }
}

extension RegistryStore {
  /// Opens a request and commits to its selector and its date under a new salt.
  ///
  /// - Throws: `RegistryError.invalidName`, or `.taken` when there is one of that id.
  @discardableResult
  package func openRequest(
    _ id: String, selector: Selector, receivedOn: CalendarDate, at time: String
  ) throws(RegistryError) -> DeletionRequest {
    try RegistryName.check(id, for: "a request")
    guard try !requests().contains(where: { $0.id == id }) else {
      throw .taken(what: "request", name: id)
    }
    let salt = try Self.newSalt()
    let request = DeletionRequest(
      id: id, selector: selector, receivedOn: receivedOn,
      commitment: Self.commitment(to: selector, of: id, receivedOn: receivedOn, salt: salt))
    try change { () throws(RegistryError) in
      let index = try enterLog("request", request.commitment, at: time)
      try ledger.run(
        "INSERT INTO requests VALUES (?1, ?2, ?3, ?4, NULL, NULL, ?5, ?6)",
        [
          .text(id), .text(selector.canonicalText), .text(receivedOn.description),
          .text(request.state.rawValue), .init(request.commitment), .integer(index),
        ])
      try ledger.run("INSERT INTO request_salts VALUES (?1, ?2)", [.text(id), .blob(salt)])
    }
    return request
  }

  /// HMAC-SHA256 of the request's canonical text under a salt: without the salt it says nothing.
  ///
  /// The date is part of it, as the legal deadline counts from it.
  package static func commitment(
    to selector: Selector, of id: String, receivedOn: CalendarDate, salt: [UInt8]
  ) -> Digest {
    let text = CanonicalText.encode([
      "id": id, "receivedOn": receivedOn.description, "subject": selector.canonicalText,
    ])
    return HMACSHA256.code(key: salt, message: text)
  }

  /// Every request, by id.
  package func requests() throws(RegistryError) -> [DeletionRequest] {
    try ledger.rows(
      """
      SELECT id, selector, received_on, state, decided_by, decided_at, commitment
      FROM requests ORDER BY id
      """
    ).map { row throws(RegistryError) in try Self.request(row) }
  }

  /// The request of that id.
  package func request(_ id: String) throws(RegistryError) -> DeletionRequest {
    let all = try requests()
    if let found = all.first(where: { $0.id == id }) { return found }
    let known = all.map(\.id)
    throw .unknown(
      what: "request", name: id, known: known, nearest: Spelling.nearest(to: id, among: known))
  }

  private static func request(_ row: SQLiteRow) throws(RegistryError) -> DeletionRequest {
    guard let selector = try? Selector(canonicalText: try row.text(1)),
      let receivedOn = CalendarDate(try row.text(2))
    else { throw .ledgerValue(1) }
    return DeletionRequest(
      id: try row.text(0), selector: selector, receivedOn: receivedOn,
      state: try row.choice(3, of: RequestState.self), decidedBy: try row.optionalText(4),
      decidedAt: try row.optionalText(5), commitment: try row.digest(6))
  }

  /// Brings a request from the state it is in to the next.
  ///
  /// - Throws: `RegistryError.stateRefused` for a way that `RequestState` does not have, and when
  ///   another process was faster.
  @discardableResult
  package func changeRequest(
    _ id: String, to next: RequestState, by person: String, at time: String, reason: String? = nil
  ) throws(RegistryError) -> DeletionRequest {
    let request = try request(id)
    try change { () throws(RegistryError) in
      try enterChange(of: request, to: next, by: person, at: time, reason: reason)
    }
    return try self.request(id)
  }

  /// Writes a change of state, within a transaction.
  func enterChange(
    of request: DeletionRequest, to next: RequestState, by person: String, at time: String,
    reason: String?
  ) throws(RegistryError) {
    guard request.state.mayBecome(next) else {
      throw .stateRefused(request: request.id, from: request.state, to: next)
    }
    let change = RequestChange(
      request: request.id, from: request.state, to: next, changedAt: time, changedBy: person,
      reason: reason)
    let salt = try Self.newSalt()
    let code = HMACSHA256.code(key: salt, message: CanonicalText.encode(change))
    let index = try enterLog("request-state", code, at: time)
    let isDecision = next == .approved || next == .refused
    try ledger.run(
      """
      UPDATE requests SET state = ?3, decided_by = coalesce(?4, decided_by),
        decided_at = coalesce(?5, decided_at)
      WHERE id = ?1 AND state = ?2
      """,
      [
        .text(request.id), .text(request.state.rawValue), .text(next.rawValue),
        .init(isDecision ? person : nil), .init(isDecision ? time : nil),
      ])
    try ledger.run(
      "INSERT INTO request_history VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      [
        .text(request.id), .text(change.from.rawValue), .text(next.rawValue), .text(time),
        .text(person), .init(reason), .blob(salt), .integer(index),
      ])
  }

  /// Every change of a request's state, oldest first.
  package func requestHistory(_ id: String) throws(RegistryError) -> [RequestChange] {
    try ledger.rows(
      """
      SELECT \(Self.changeColumns) FROM request_history WHERE request = ?1 ORDER BY id
      """, [.text(id)]
    ).map { row throws(RegistryError) in try Self.requestChange(row) }
  }

  static let changeColumns = "request, from_state, to_state, changed_at, changed_by, reason"

  static func requestChange(_ row: SQLiteRow) throws(RegistryError) -> RequestChange {
    RequestChange(
      request: try row.text(0), from: try row.choice(1, of: RequestState.self),
      to: try row.choice(2, of: RequestState.self), changedAt: try row.text(3),
      changedBy: try row.text(4), reason: try row.optionalText(5))
  }

  /// The salt with which a request's commitment can be opened.
  ///
  /// - Throws: `RegistryError.saltErased`.
  package func salt(of id: String) throws(RegistryError) -> [UInt8] {
    _ = try request(id)
    guard
      let row = try ledger.rows("SELECT salt FROM request_salts WHERE request = ?1", [.text(id)])
        .first
    else { throw .saltErased(request: id) }
    return try row.blob(0)
  }

  /// Erases every salt of a request: the log then links to nobody, and still verifies.
  package func eraseSalt(of id: String, at time: String) throws(RegistryError) {
    let commitment = try request(id).commitment
    _ = try salt(of: id)
    try change { () throws(RegistryError) in
      try ledger.run("DELETE FROM request_salts WHERE request = ?1", [.text(id)])
      try ledger.run("UPDATE request_history SET salt = NULL WHERE request = ?1", [.text(id)])
      try ledger.run("UPDATE certificates SET salt = NULL WHERE request = ?1", [.text(id)])
      _ = try enterLog("request-salt-erased", commitment, at: time)
    }
  }
}
