import Foundation
import Records
import Signing
import Testing

@testable import Operations
@testable import Registry

@Suite("What is assured, and on which log")
struct AssuranceTests {
  /// A registry that was put back to what it was before the last command of a user who remembers.
  private func putBack() throws -> (place: Place, work: Workplace) {
    let place = try Made.forgotten()
    let old = try place.copy()
    let memory = old.path("memory")
    _ = try place.work(memory: memory).promote("v1", alias: "legacy", override: "a comparison")
    return (old, old.work(memory: memory))
  }

  @Test("on a log that was put back nothing is assured, handed out or computed")
  func refused() throws {
    let (place, work) = try putBack()
    let key = try place.writeWitnessKey()
    let out = place.path("out")
    let witness = WitnessOrder(keyPath: key, name: "w", statePath: out)
    var evaluation = EvaluateOrder(version: "v1", dataset: "people")
    evaluation.logitsPath = out
    var training = TrainOrder(dataset: "people")
    training.architecture = "mlp"
    let forget = try place.order("v3")
    let acts: [(String, () throws -> Void)] = [
      ("verify", { _ = try work.verify("v1", reExecute: false) }),
      ("log verify", { _ = try work.verifyLog(head: nil) }),
      ("log prove", { _ = try work.prove(event: 1, to: out) }),
      ("log export", { _ = try work.exportLog(to: out) }),
      ("log witness", { _ = try work.witness(witness) }),
      ("export", { _ = try work.export("v1", to: out) }),
      ("key export", { _ = try work.publicKey(of: .publisher) }),
      ("key export --to", { try work.exportPublicKey(of: .publisher, to: out) }),
      ("report", { _ = try work.report("v2") }),
      ("evaluate", { _ = try work.evaluate(evaluation) }),
      ("train", { _ = try work.train(training) }),
      ("forget", { _ = try work.forget(forget) }),
      ("derived discard", { _ = try work.discardDerived(nil) }),
    ]
    for (name, act) in acts {
      let found = failure(act)
      #expect(found?.kind == .unverified, "\(name)")
      #expect(found?.message.contains("does not go on from") == true, "\(name)")
      #expect(!FileManager.default.fileExists(atPath: out), "\(name)")
    }
  }

  @Test("on a log that was put back what only prints says so and prints")
  func noticed() throws {
    let (place, _) = try putBack()
    var order = try place.order("v3")
    order.isDryRun = true
    let acts: [(String, (Workplace) throws -> Void)] = [
      ("list", { try #expect($0.versions().count == 3) }),
      ("show", { _ = try $0.version("v2") }), ("lineage", { _ = try $0.lineage(of: "v2") }),
      ("diff", { _ = try $0.difference("v1", "v2") }),
      ("request list", { _ = try $0.requests(first: 1) }),
      ("request show", { _ = try $0.request("R-1") }),
      ("forget --dry-run", { try #expect($0.forget(order).ending == .clear) }),
    ]
    for (name, act) in acts {
      var notices: [String] = []
      try act(place.work(memory: place.path("memory"), notice: { notices.append($0) }))
      #expect(notices.contains { $0.contains("does not go on from") }, "\(name)")
    }
  }

  @Test("a log with a void event does not verify until root has acknowledged it")
  func voidEvents() throws {
    let place = try Made.trained()
    let index = try place.events().count
    for _ in 0..<2 { try place.appendUnchecked(ModelAdded(model: "speakers")) }
    for name in ["first", "second"] {
      let wanted = index + (name == "first" ? 0 : 1)
      let found = failure { _ = try place.work.verifyLog(head: nil) }
      #expect(found?.kind == .unverified)
      #expect(
        found?.message.contains("event \(wanted) about 'model/speakers' is void: it ") == true)
      _ = try place.work.acknowledgeVoid(wanted, because: "seen")
    }
    #expect(try place.work.verifyLog(head: nil).sentence.contains("verifies"))
  }

  @Test("the proof of a void event says that it is void and why")
  func voidProof() throws {
    let place = try Made.trained()
    let index = try place.events().count
    try place.appendUnchecked(ModelAdded(model: "speakers"))
    var notices: [String] = []
    let work = place.work(notice: { notices.append($0) })
    _ = try work.prove(event: index - 1, to: place.path("good"))
    #expect(notices.isEmpty)
    _ = try work.prove(event: index, to: place.path("void"))
    #expect(notices.contains { $0.hasPrefix("event \(index) is void: it ") })
  }
}

extension Place {
  /// The key of a witness, in a file.
  func writeWitnessKey() throws -> String {
    let key = try PrivateKey.generate(.ed25519)
    try write("witness.pem", key.pem())
    return path("witness.pem")
  }
}
