import Foundation
import Records
import Signing
import Testing

@testable import Operations
@testable import Registry

@Suite("Promote and rollback")
struct AliasTests {
  @Test("are refused where they would raise a person's exposure, and name the request")
  func matrix() throws {
    let place = try Made.forgotten()
    // production stands at v3 (clear); v2 is mitigated, v1 exposed.
    for version in ["v1", "v2"] {
      let back = try place.work.rollback(to: version, alias: "production", override: nil)
      #expect(!back.isMoved && back.undone.count == 1 && back.undone[0].hasPrefix("R-1 (clear →"))
      #expect(back.sentence.contains("would undo R-1"))
      #expect(try !place.work.promote(version, alias: "production", override: nil).isMoved)
      #expect(try !place.work.promote(version, alias: "new", override: nil).isMoved)
    }
    #expect(try place.aliased() == "v3")
    #expect(try place.work.promote("v3", alias: "new", override: nil).isMoved)
    let same = try place.work.promote("v3", alias: "production", override: "because")
    #expect(!same.isMoved && same.undone.isEmpty)

    // From mitigated to exposed is refused too; the way back up is free.
    #expect(try place.work.promote("v2", alias: "staging", override: "a test").isMoved)
    let worse = try place.work.promote("v1", alias: "staging", override: nil)
    #expect(worse.undone == ["R-1 (mitigated → exposed)"])
    #expect(try place.work.promote("v3", alias: "staging", override: nil).isMoved)
    #expect(try place.work.promote("v3", alias: "staging", override: nil).isMoved == false)
    #expect(place.audit() == (true, ""))
  }

  @Test("a request that is not approved yet counts, one that was refused does not")
  func states() throws {
    let place = try Made.trained()
    try place.forget("v1") { $0.target = .pass }
    _ = try place.work.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    try place.train { $0.without = try? Selector("pid=2") }
    #expect(try place.work.promote("v3", alias: "production", override: nil).isMoved)
    let back = try place.work.rollback(to: "v2", alias: "production", override: nil)
    #expect(back.undone == ["R-2 (clear → exposed)"])
    _ = try place.work.refuseRequest("R-2", by: "Ada", reason: "none of theirs")
    #expect(try place.work.rollback(to: "v2", alias: "production", override: nil).isMoved)
  }

  @Test("rollback goes only where the alias has stood")
  func history() throws {
    let place = try Made.trained()
    try place.train()
    let never = failure {
      _ = try place.work.rollback(to: "v2", alias: "production", override: nil)
    }
    #expect(never?.message.contains("never stood at v2") == true)
    #expect(never?.hint?.contains("promote") == true)
    #expect(
      failure { _ = try place.work.promote("v9", alias: "a", override: nil) }?.kind == .failed)
    #expect(failure { _ = try place.work.promote("v1", alias: "v3", override: "x") } != nil)
  }

  @Test("an override moves the alias, is logged and signed, as often as it is given")
  func override() throws {
    let place = try Made.forgotten()
    // All within one second of the clock.
    let work = place.work(now: { "2026-11-22T11:00:00Z" })
    for _ in 0..<2 {
      let back = try work.rollback(to: "v1", alias: "production", override: "incident 7")
      #expect(back.isMoved && back.undone == ["R-1 (clear → exposed)"])
      #expect(try place.aliased() == "v1")
      #expect(try work.promote("v3", alias: "production", override: nil).isMoved)
    }
    let moves = try place.events().compactMap { $0.fact as? AliasMoved }
      .filter { !$0.undone.isEmpty }
    #expect(moves.count == 2 && moves.allSatisfy { $0.roles == [.desk, .officer] })
    try place.store { store in
      for move in moves {
        let reason = try store.sealed.open(
          ReasonOpening.self, try #require(move.opening), in: .reasons)
        #expect(reason.reason == "incident 7")
      }
    }
    #expect(place.audit() == (true, ""))
  }
}
