import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Training and exposure")
struct TrainTests {
  @Test("leaves out the records of approved requests, and says so")
  func leavesOut() throws {
    let place = try Made.trained()
    let later = try place.train()
    #expect(later.extractorRecords == 18 && later.exposures == ["R-1": .clear])
    #expect(place.notices == ["leaving out 6 records of request 'R-1'"])
    _ = try place.work.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    #expect(try place.train().exposures == ["R-1": .clear, "R-2": .exposed])
    _ = try place.work.refuseRequest("R-2", by: "Ada", reason: "none of theirs")
    #expect(try place.train().extractorRecords == 18)
    let nothing = failure { try place.train { $0.only = try? Selector("pid=1") } }
    #expect(nothing?.message == "no training records are left of data set 'people'")
  }

  @Test("going on from an exposed version stays exposed though nobody's records were added")
  func carriesOn() throws {
    let place = try Made.trained()
    let later = try place.train { $0.parent = "v1" }
    #expect(later.classifierRecords == 18 && later.exposures == ["R-1": .exposed])
  }

  @Test("a frozen extractor that never saw the person is clear, its classifier exposed")
  func split() throws {
    let place = try Place()
    try place.train { $0.without = try? Selector("pid=1") }
    let second = try place.train {
      ($0.parent, $0.freezesExtractor, $0.alias) = ("v1", true, "production")
    }
    #expect(second.extractorRecords == 0 && second.classifierRecords == 24)
    try place.request()
    let plan = try place.forget("v2") { $0.isDryRun = true }
    #expect(plan.exposure == ComponentExposure(extractor: .clear, classifier: .exposed))
    #expect(try place.exposure(of: "v1") == .clear)

    let outcome = try place.forget("v2")
    #expect(!outcome.caps.contains("output suppression; representation unchanged"))
    #expect(
      outcome.exposure == ComponentExposure(extractor: .clear, classifier: .mitigated))
  }

  @Test("training that may not move its alias leaves it, and says so")
  func aliasRefused() throws {
    let place = try Made.trained()
    try place.forget("v1")
    let later = try place.train { ($0.parent, $0.alias) = ("v1", "production") }
    #expect(try later.aliases.isEmpty && place.aliased() == "v2")
    #expect(place.notices.contains { $0.contains("alias 'production' stays at v2") })
  }

  @Test("of people whose request is approved while it runs no training is committed")
  func approvedMeanwhile() throws {
    let place = try Place()
    try place.train { $0.alias = "production" }
    _ = try place.work.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    var isApproved = false
    let work = place.watched { _ in
      guard !isApproved else { return }
      isApproved = true
      _ = try place.work.approveRequest("R-2", by: "Ada")
    }
    var order = TrainOrder(dataset: "people")
    (order.parent, order.alias, order.constants) = ("v1", "production", ["epochCount": 2])
    let blobs = { try place.files().filter { $0.hasPrefix("Registry/blobs/") } }
    let before = try blobs()
    let found = failure { _ = try work.train(order) }
    // The weights that the person went into are gone.
    #expect(try blobs() == before)
    let index = try #require(try place.events().lastIndex { $0.fact is RequestDecided })
    #expect(found?.kind == .refused)
    #expect(
      found?.message
        == "request 'R-2' was approved while this trained on its person (event \(index)); "
        + "nothing was committed")
    #expect(try place.work.versions().count == 1 && place.aliased() == "v1")
    #expect(try work.train(order).classifierRecords == 18)
    #expect(place.audit() == (true, ""))
  }

  @Test("a version whose training is not known is exposed to everybody, and says so")
  func unknownImport() throws {
    let place = try Made.trained()
    _ = try place.work.export("v1", to: place.path("out"))
    var order = ImportOrder(path: place.path("out/model.safetensors"))
    order.configurationPath = place.path("out/config.json")
    let imported = try place.work.importModel(order)
    #expect(imported.exposures == ["R-1": .exposed] && imported.extractorRecords == nil)
    #expect(place.notices.contains { $0.contains("exposed to everybody") })

    // Its person is everybody who matches; only retraining makes it clear.
    let suppressed = try place.forget("v2")
    #expect(suppressed.exposure.overall == .exposed)
    let outcome = try place.forget("v2") { ($0.method, $0.target) = ("retrain", .pass) }
    #expect(outcome.exposure.overall == .clear)
    #expect(place.audit() == (true, ""))
  }

  @Test("a group request keeps out those of the group that a data set knows")
  func groupInSecondDataset() throws {
    let place = try Place()
    try place.request("R-12", "pid=1|pid=2")
    try place.request("R-34", "pid=1+3")
    // Only person 1 has records in it.
    _ = try place.work.addDataset(
      "second", format: "ts", files: People.files("second.ts"), subjectKey: "pid")
    let refused = failure { try place.train { $0.dataset = "second" } }
    #expect(refused?.message == "no training records are left of data set 'second'")
  }

  @Test("a version trained on a data set that knows one of a group is exposed to the group")
  func groupExposure() throws {
    let place = try Place()
    _ = try place.work.addDataset(
      "second", format: "ts", files: People.files("second.ts"), subjectKey: "pid")
    try place.train { $0.dataset = "second" }
    try place.request("R-12", "pid=1|pid=2")
    #expect(try place.exposure(of: "v1", to: "R-12") == .exposed)
  }

  @Test("data sets of other shapes do not stand in the way of a request")
  func otherShapes() throws {
    let place = try Made.trained()
    _ = try place.work.addDataset(
      "wide", format: "ts", files: People.files("wide.ts"), subjectKey: "pid")
    #expect(failure { try place.request("R-2", "pid=2") } == nil)
  }
}
