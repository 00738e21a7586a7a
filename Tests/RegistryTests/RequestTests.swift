import Records
import Signing
import Testing

@testable import Registry

@Suite("Requests")
struct RequestTests {
  static let time = TemporaryRegistry.time

  /// The ways to bring a new request into each state.
  static let ways: [RequestState: [RequestState]] = [
    .received: [], .approved: [.approved], .refused: [.refused],
    .mitigated: [.approved, .mitigated], .closed: [.approved, .closed],
  ]
  static let pairs = RequestState.allCases.flatMap { from in
    RequestState.allCases.map { (from, $0) }
  }

  @Test("a request goes only the ways its state has", arguments: pairs)
  func transition(from: RequestState, to: RequestState) throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.openExample()
    let way = try #require(Self.ways[from])
    for state in way {
      try store.changeRequest("DSR-2026-001", to: state, by: "Ada", at: Self.time)
    }
    if from.mayBecome(to) {
      let request = try store.changeRequest("DSR-2026-001", to: to, by: "Ada", at: Self.time)
      #expect(request.state == to)
      #expect(try store.requestHistory("DSR-2026-001").map(\.to) == way + [to])
    } else {
      #expect(
        throws: RegistryError.stateRefused(request: "DSR-2026-001", from: from, to: to)
      ) { try store.changeRequest("DSR-2026-001", to: to, by: "Ada", at: Self.time) }
      #expect(try store.request("DSR-2026-001").state == from)
      #expect(try store.requestHistory("DSR-2026-001").map(\.to) == way)
    }
  }

  @Test("a request is kept with its deadline, decision and history")
  func keep() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let opened = try store.openExample()
    #expect(opened.deadline == CalendarDate("2026-12-20"))
    #expect(try store.requests() == [opened])
    try store.changeRequest(
      opened.id, to: .approved, by: "Ada", at: "2026-11-23T09:00:00Z", reason: "identity shown")
    let closed = try store.changeRequest(opened.id, to: .closed, by: "tool", at: Self.time)
    #expect(closed.decidedBy == "Ada")
    #expect(closed.decidedAt == "2026-11-23T09:00:00Z")
    #expect(
      try store.requestHistory(opened.id).first
        == RequestChange(
          request: opened.id, from: .received, to: .approved, changedAt: "2026-11-23T09:00:00Z",
          changedBy: "Ada", reason: "identity shown"))
  }

  @Test("an id is used once, and an unknown one is named with the nearest")
  func ids() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.openExample()
    #expect(throws: RegistryError.taken(what: "request", name: "DSR-2026-001")) {
      try store.openExample()
    }
    #expect(
      throws: RegistryError.unknown(
        what: "request", name: "DSR-2026-01", known: ["DSR-2026-001"], nearest: "DSR-2026-001")
    ) { try store.request("DSR-2026-01") }
    #expect(throws: RegistryError.self) { try store.openExample("../x") }
  }

  @Test("the log holds commitments and nothing of the person")
  func privacy() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let request = try store.openExample()
    try store.changeRequest(
      request.id, to: .approved, by: "Ada Lovelace", at: Self.time, reason: "pid=1 called")
    let salt = try store.salt(of: request.id)
    #expect(
      RegistryStore.commitment(
        to: request.selector, of: request.id, receivedOn: request.receivedOn, salt: salt)
        == request.commitment)
    #expect(try store.openExample("DSR-2").commitment != request.commitment)
    let log = String(decoding: try registry.read("log/entries.jsonl"), as: UTF8.self)
    for word in ["pid", "Ada", "DSR", SHA256.digest(of: "pid=1").hex] {
      #expect(!log.contains(word), "\(word)")
    }
    #expect(log.contains(request.commitment.hex))
  }

  @Test("an erased salt is gone from the file, and the log still verifies")
  func erase() throws {
    let registry = try TemporaryRegistry()
    let salt: [UInt8]
    do {
      let store = try registry.open()
      try store.openExample()
      try store.changeRequest("DSR-2026-001", to: .approved, by: "Ada", at: Self.time)
      salt = try store.salt(of: "DSR-2026-001")
      try store.eraseSalt(of: "DSR-2026-001", at: Self.time)
      #expect(throws: RegistryError.saltErased(request: "DSR-2026-001")) {
        try store.salt(of: "DSR-2026-001")
      }
    }
    let bytes = try registry.read("ledger.sqlite")
    #expect(!bytes.indices.contains { bytes[$0...].starts(with: salt) })
    #expect(try registry.audit() == [])
  }

  @Test(
    "a request changed behind the registry's back is found",
    arguments: [
      "UPDATE requests SET selector = 'pid=2'", "UPDATE requests SET state = 'closed'",
      "UPDATE request_history SET changed_by = 'Mallory'", "DELETE FROM request_history",
      "UPDATE requests SET commitment = replace(commitment, substr(commitment, 9, 8), '00000000')",
    ])
  func tampering(sql: String) throws {
    let registry = try TemporaryRegistry()
    do {
      let store = try registry.open()
      try store.openExample()
      try store.changeRequest("DSR-2026-001", to: .approved, by: "Ada", at: Self.time)
    }
    #expect(try registry.audit() == [])
    try registry.tamper(sql)
    #expect(try registry.audit().contains { $0.contains("ledger.sqlite") })
  }
}
