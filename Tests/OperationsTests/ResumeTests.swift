import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Training that was broken off")
struct ResumeTests {
  private struct Stop: Error {}

  private static let epochs = 6
  /// Of 24 records in batches of 8.
  private static let steps = 3 * epochs

  private static func order(seed: UInt64 = 1) -> TrainOrder {
    var order = TrainOrder(dataset: "people")
    order.architecture = "mlp"
    order.constants = [
      "epochCount": epochs, "batchSize": 8, "learningRatePartsPerBillion": 10_000_000,
    ]
    order.seed = seed
    return order
  }

  /// Works in a place, and stops when a training has taken so many steps.
  private func work(
    in place: Place, stoppingAfter stop: Int, what: String = "training", isQuick: Bool = true
  ) -> Workplace {
    var seconds = 0
    return place.work(
      threads: 1,
      clock: {
        if !isQuick { seconds += 1 }
        return .seconds(seconds)
      },
      progress: { if $0.activity == what, $0.done >= stop { throw Stop() } })
  }

  private func kept(_ place: Place) throws -> [String] {
    try place.files().filter { $0.hasPrefix("Registry/work/training/") }
  }

  private func weights(_ place: Place, _ version: String) throws -> Digest {
    try place.store { try $0.version(named: version).weights }
  }

  @Test("wherever it is stopped it goes on from its last epoch, to the same bytes")
  func goesOn() throws {
    let whole = try Place()
    _ = try whole.work.train(Self.order())
    let expected = try weights(whole, "v1")
    #expect(try kept(whole) == [])
    for stop in [1, 3, 4, 11, Self.steps] {
      let place = try Place()
      #expect(throws: Stop.self) {
        try work(in: place, stoppingAfter: stop).train(Self.order())
      }
      #expect(try kept(place).count == (stop < 3 ? 0 : 1), "stopped after \(stop)")
      #expect(place.audit() == (true, ""))
      _ = try place.work.train(Self.order())
      let done = stop / 3
      #expect(
        place.notices
          == (stop < 3
            ? []
            : [
              done < Self.epochs
                ? "training goes on after epoch \(done) of 6, where it was broken off"
                : "training was done before the command was broken off"
            ]))
      #expect(try weights(place, "v1") == expected && kept(place) == [])
      #expect(place.audit() == (true, ""))
    }
  }

  @Test("of slow epochs each is kept as it ends, so that a kill costs one at most")
  func slowEpochs() throws {
    let place = try Place()
    var seen: [Int] = []
    let stopping = work(in: place, stoppingAfter: .max, isQuick: false)
    let watching = place.work(
      threads: 1, clock: stopping.clock, progress: { _ in seen.append(try self.kept(place).count) })
    _ = try watching.train(Self.order())
    #expect(seen == [0, 0] + [Int](repeating: 1, count: Self.steps - 2))
    #expect(try kept(place) == [])
  }

  @Test("another seed, other constants or other records begin at the beginning")
  func others() throws {
    let place = try Place()
    #expect(throws: Stop.self) { try work(in: place, stoppingAfter: 9).train(Self.order()) }
    _ = try place.work.train(Self.order(seed: 2))
    var other = Self.order()
    other.constants["batchSize"] = 9
    _ = try place.work.train(other)
    other = Self.order()
    other.without = try Selector("pid=2")
    _ = try place.work.train(other)
    #expect(try place.notices.isEmpty && kept(place).count == 1)
  }

  @Test("what was tampered with is refused, said and removed, and training begins again")
  func tampered() throws {
    let whole = try Place()
    _ = try whole.work.train(Self.order())
    let broken = try Place()
    #expect(throws: Stop.self) { try work(in: broken, stoppingAfter: 9).train(Self.order()) }
    let file = try #require(try kept(broken).first)
    let bytes = try broken.read(file)
    var flipped = bytes
    flipped[bytes.count - 1] ^= 1
    for other in [flipped, Array(bytes.prefix(bytes.count / 2)), [], Array("{}\n\n".utf8)] {
      let place = try broken.copy()
      try place.write(file, other)
      #expect(place.audit().text.contains("training/"))
      _ = try place.work.train(Self.order())
      #expect(place.notices.count == 1)
      #expect(place.notices[0].contains("removing a broken-off training that does not verify"))
      #expect(try weights(place, "v1") == weights(whole, "v1"))
      #expect(place.audit() == (true, ""))
    }
  }

  @Test(
    "when one of its people is to be forgotten it is removed, by the next training at the latest")
  func forbiddenByTraining() throws {
    let place = try Made.trained()
    #expect(throws: Stop.self) { try work(in: place, stoppingAfter: 9).train(Self.order()) }
    let file = try #require(try kept(place).first)
    let bytes = try place.read(file)
    try place.request("R-2", "pid=2")
    let notice = "removing a broken-off training with records of request 'R-2'"
    #expect(place.notices.contains(notice))
    #expect(try kept(place) == [])
    #expect(place.audit() == (true, ""))
    try place.write(file, bytes)
    _ = try place.train { $0.seed = 5 }
    #expect(place.notices.count { $0 == notice } == 2)
    #expect(try kept(place) == [])
  }

  @Test("when a request has been met it is removed, and the audit names one that is left")
  func forbiddenByForgetting() throws {
    let place = try Made.trained()
    #expect(throws: Stop.self) { try work(in: place, stoppingAfter: 9).train(Self.order()) }
    let file = try #require(try kept(place).first)
    let bytes = try place.read(file)
    try place.request("R-2", "pid=2")
    try place.forget("v1", "pid=2")
    #expect(try kept(place) == [])
    #expect(place.audit() == (true, ""))

    try place.write(file, bytes)
    let audit = place.audit()
    #expect(!audit.isVerified && audit.text.contains("was made from records of request 'R-2'"))
    try place.store { try place.work.discardForbiddenTrainings(in: $0) }
    #expect(place.audit() == (true, ""))
  }

  @Test("a training that goes on from weights exposed to a person is not kept for later")
  func exposedParent() throws {
    let place = try Made.trained()
    var order = Self.order()
    (order.parent, order.architecture) = ("v1", nil)
    #expect(throws: Stop.self) { try work(in: place, stoppingAfter: 9).train(order) }
    try place.store { try place.work.discardForbiddenTrainings(in: $0) }
    #expect(try kept(place) == [])
  }

  @Test(
    "somebody promised to be forgotten while it runs ends it: nothing of it is kept or committed")
  func requestMeanwhile() throws {
    let place = try Place()
    var isAsked = false
    let slow = work(in: place, stoppingAfter: .max, isQuick: false)
    var notices: [String] = []
    let work = place.work(
      threads: 1, clock: slow.clock,
      progress: {
        if $0.done == 4, !isAsked {
          isAsked = true
          try place.request("R-1", "pid=1")
        }
        #expect($0.done <= 6)
      }, notice: { notices.append($0) })
    let found = failure { _ = try work.train(Self.order()) }
    #expect(found?.kind == .refused)
    #expect(found?.message.contains("'R-1' was approved while this trained on its person") == true)
    #expect(try self.kept(place) == [])
    #expect(
      notices == ["what training has come to is not kept: there are records of request 'R-1'"])
    #expect(try place.work.versions().isEmpty)
  }

  @Test("a forget that is broken off does not retrain what was retrained, and leaves nothing")
  func forgetting() throws {
    let whole = try Made.trained()
    let place = try whole.copy()
    func order(_ place: Place) throws -> ForgetOrder {
      try place.order("v1") {
        $0.policyPath = try? place.policy(references: 2)
        $0.target = .pass
      }
    }
    _ = try whole.work.forget(order(whole))
    // The first reference is done, the second after 4 of its 12 epochs of 3 steps, when it stops.
    let stopping = work(in: place, stoppingAfter: 13, what: "retraining reference 2 of 2")
    #expect(throws: Stop.self) { try stopping.forget(order(place)) }
    #expect(try kept(place).count == 2)
    #expect(place.audit() == (true, ""))
    _ = try place.work.forget(order(place))
    #expect(
      place.notices == [
        "retraining reference 1 of 2 was done before the command was broken off",
        "retraining reference 2 of 2 goes on after epoch 4 of 12, where it was broken off",
      ])
    #expect(try kept(place) == [])
    let certificates = try [whole, place].map { try $0.certificate() }
    #expect(certificates[0].references == certificates[1].references)
    #expect(certificates[0].evidence == certificates[1].evidence)
    #expect(try weights(whole, "v2") == weights(place, "v2"))
    #expect(place.audit() == (true, ""))
  }

  @Test("a version whose recipe has no augmentation yet is retrained and executed again")
  func olderRecipe() throws {
    let place = try Made.trained()
    try place.commitAgain { recipe in
      let names = ["augmentation", "greatestShiftPixels", "scheduleRisePartsPerMillion"]
      let older = Recipe(
        method: recipe.method, choices: recipe.choices.filter { !names.contains($0.key) },
        constants: recipe.constants.filter { !names.contains($0.key) }, seed: recipe.seed,
        environment: recipe.environment)
      #expect(older.choices.count == recipe.choices.count - 1)
      return older
    }
    let again = try place.work.verify("v2", reExecute: true)
    #expect(again.isVerified)
    #expect(again.findings.contains { $0.message.contains("same weight bytes") })
    #expect(try place.forget("v2") { $0.target = .pass }.verdict == .pass)
  }
}
