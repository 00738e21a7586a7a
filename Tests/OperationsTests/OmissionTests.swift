import Foundation
import Records
import Signing
import Testing
import TransparencyLog

@testable import Operations
@testable import Registry

/// Whoever keeps the log leaves out its last events.
@Suite("What the log's keeper leaves out")
struct OmissionTests {
  /// v1 of everybody, and a request of person 1.
  private func opened() throws -> Place {
    let place = try Place()
    try place.train { $0.alias = "production" }
    _ = try place.work.openRequest("R-1", subject: Selector("pid=1"), receivedOn: nil)
    #expect(try place.events().last?.fact is PersonFound)
    return place
  }

  /// The same, but that the log does not say where the person is: its keeper had the desk's key as well,
  /// and says that the request was all there was of the change.
  private func silent() throws -> Place {
    let place = try opened()
    try place.keepLog(try place.events().count - 1, signingLast: true)
    return place
  }

  @Test("a log that its key alone cut in the middle of a change is read by nobody")
  func cut() throws {
    let place = try opened()
    try place.keepLog(try place.events().count - 1)
    let reason =
      "its last checkpoint lies in the middle of a change of which 1 more event was to follow"
    for attempt in [
      { _ = try place.work.versions() }, { _ = try place.work.approveRequest("R-1", by: "Ada") },
      { _ = try place.work.promote("v1", alias: "canary", override: nil) },
      { try place.train { $0.alias = "canary" } },
    ] as [() throws -> Void] {
      #expect(throws: RegistryError.self) { try attempt() }
      do { try attempt() } catch { #expect("\(error)".contains(reason)) }
    }
  }

  @Test("an audit that may open what is sealed finds the person and the silence")
  func audit() throws {
    let place = try silent()
    #expect(
      place.audit().text.contains(
        "is of a person whose records v1 was trained on, and the log does not say so"))
  }

  @Test("approving looks for the person again, and the log gets what was found")
  func approving() throws {
    let place = try silent()
    _ = try place.work.approveRequest("R-1", by: "Ada")
    #expect(
      place.notices.contains(
        "the log did not say that v1 holds records of request 'R-1', and now does: "
          + "somebody left it out"))
    #expect(try place.exposure(of: "v1") == .exposed)
    #expect(try place.forget("v1").version == "speakers@v2")
    #expect(place.audit() == (true, ""))
  }

  @Test("a forget looks for the person again: it clears and closes nothing on the log's silence")
  func forgetting() throws {
    let place = try silent()
    let opening = try place.store { store in
      let number = store.state.cases[0].number
      let opening = try store.sealed.seal(
        ReasonOpening(by: "Ada", reason: nil), in: .request(number))
      // An engine that says it found nobody, and an officer who believes it.
      try store.commit(at: place.work.now()) { batch in
        try batch.add(PersonFound(number: number, versions: [:]))
        try batch.add(RequestDecided(number: number, decision: .approved, opening: opening))
      }
      return opening
    }
    #expect(try place.store { $0.state.cases[0].decisionOpening } == opening)
    #expect(try place.exposure(of: "v1") == .clear)
    let outcome = try place.forget("v1")
    #expect(outcome.version == "speakers@v2")
    #expect(try place.count(CaseCleared.self) == 0 && place.count(PersonFound.self) == 2)
    #expect(place.audit() == (true, ""))
  }

  @Test("a dry run, which may not write what it finds, says so and ends")
  func dryRun() throws {
    let place = try silent()
    let before = try place.events().count
    let found = failure { try place.forget("v1") { $0.isDryRun = true } }
    #expect(found?.kind == .unverified)
    #expect(found?.message.contains("the log does not say that v1 holds records") == true)
    #expect(try place.count(PersonFound.self) == 0 && place.events().count == before + 1)
  }
}

extension Place {
  /// Makes a log of the first events alone, under a checkpoint of the log's key; the last of them signed
  /// again as the last of its change, where its roles' keys are there as well.
  func keepLog(_ count: Int, signingLast: Bool = false) throws {
    try store { store in
      var events: [[UInt8]] = []
      try EventLog(layout: store.layout).open().forEachRecord(in: 0..<store.log.end) { record, _ in
        if case .event(let bytes) = record, events.count < count { events.append(bytes) }
      }
      let keyring = Keyring(layout: store.layout)
      if signingLast, let last = events.popLast() {
        let event = try EventEnvelope(last).event
        events.append(
          try keyring.sign(event.following(event.base, ahead: 0), trusting: store.state.keys))
      }
      var tree = MerkleAccumulator()
      for event in events { tree.append(MerkleTree.leafHash(event)) }
      let key = try keyring.key(of: .log, trusting: store.state.keys)
      let note = try Checkpoint(origin: store.origin, size: count, head: tree.root).signed(by: key)
      for file in ["tail", "checkpoint"] {
        try FileManager.default.removeItem(atPath: path("Registry/log/\(file)"))
      }
      _ = try RegistryStore.append(events, after: 0, note, nil, in: store.layout)
    }
  }
}
