import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Forgetting")
struct ForgetTests {
  @Test("goes from an exposed version over WARN to PASS, and closes the request")
  func wholeWay() throws {
    let place = try Made.trained()
    #expect(try place.exposure(of: "v1") == .exposed)

    let first = try place.forget("production")
    #expect(first.ending == .certified && first.verdict == .warn && first.meetsFloor)
    #expect(first.model == "speakers@v1" && first.version == "speakers@v2")
    #expect(first.request == "R-1" && first.state == .mitigated && first.rungs.count == 1)
    #expect(first.caps.contains("output suppression; representation unchanged"))
    #expect(first.exposure.overall == .mitigated && first.movedAliases == ["production"])
    #expect(try place.aliased() == "v2")
    #expect(try place.work.request("R-1").state == .mitigated)

    let second = try place.forget("v2") { $0.target = .pass }
    #expect(second.verdict == .pass && second.version == "speakers@v3" && second.state == .closed)
    #expect(second.rungs.count == 2 && second.rungs[1].hasPrefix("retrain: PASS"))
    #expect(try second.exposure.overall == .clear && place.aliased() == "v3")
    let request = try place.work.request("R-1")
    #expect(request.state == .closed && request.certificates.map(\.verdict) == [.warn, .pass])
    let certificate = try #require(try place.work.version("v3").certificate)
    #expect(certificate.previousCertificate == request.certificates[0].digest)
    #expect(certificate.rungs.map(\.judgement.verdict) == [.warn, .pass])
    #expect(place.audit() == (true, ""))

    let third = try place.forget("v3")
    #expect(third.ending == .clear && third.version == nil)
    #expect(try place.work.versions().count == 3)
  }

  @Test("leaves an alias that stands elsewhere, and a mitigated version that asks for no more")
  func aliases() throws {
    let place = try Made.trained()
    _ = try place.train { $0.only = try? Selector("pid=2+3+4") }
    _ = try place.work.promote("v2", alias: "staging", override: nil)
    #expect(try place.forget("v1").movedAliases == ["production"])
    #expect(try place.aliased("staging") == "v2")
    let again = try place.forget("v3")
    #expect(again.ending == .alreadyMitigated && again.version == nil)
    #expect(try place.work.versions().count == 3)
  }

  @Test("is refused without a request, and with one that is not approved or was refused")
  func needsApproval() throws {
    let place = try Made.trained()
    _ = try place.policy()
    let before = try place.files()
    let none = failure { try place.forget("v1", "pid=2") }
    #expect(none?.kind == .refused && none?.hint?.contains("request open") == true)

    _ = try place.work.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    let open = failure { try place.forget("v1", "pid=2") }
    #expect(open?.kind == .refused && open?.hint?.contains("request approve R-2") == true)

    // Nor is anything said in the log of somebody who was not approved.
    let size = try place.store { $0.state.size }
    _ = failure { try place.forget("v1", "pid=2") }
    #expect(try place.store { $0.state.size } == size)

    _ = try place.work.refuseRequest("R-2", by: "Ada", reason: "not their records")
    let refused = failure { try place.forget("v1", "pid=2") }
    #expect(refused?.kind == .refused && refused?.message == "request 'R-2' was refused")

    let other = failure { try place.forget("v1", "pid=2") { $0.request = "R-1" } }
    #expect(other?.kind == .refused && other?.message == "request 'R-1' is not for pid=2")
    #expect(failure { try place.forget("v1") { $0.request = "R-9" } }?.kind == .failed)
    #expect(try place.work.versions().map(\.name) == ["speakers@v1"])
    // Of a refused forget nothing is there, nor of R-2 outside its sealed parts.
    #expect(
      try Set(place.files()).subtracting(before).allSatisfy { $0.hasPrefix("Registry/sealed/") })
    #expect(try place.count(ForgetBegun.self) == 0)
  }

  @Test("a method, choice or constant that is none is refused before anything is written")
  func unknownMethods() throws {
    let place = try Made.trained()
    _ = try place.policy()
    let size = try place.store { $0.state.size }
    let orders: [(inout ForgetOrder) -> Void] = [
      { $0.method = "nope" }, { ($0.method, $0.choices) = ("imu", ["scope": "nowhere"]) },
      { ($0.method, $0.constants) = ("retrain", ["l1PartsPerBillion": 1]) },
    ]
    for change in orders {
      #expect(failure { try place.forget("v1", "pid=1", change) } != nil)
    }
    #expect(try place.store { $0.state.size } == size)
  }

  @Test("plans only, when it is a dry run")
  func dryRun() throws {
    let place = try Made.trained()
    let path = try place.policy()
    let before = try place.files().map { try place.read($0) }
    let plan = try place.forget("v1") { ($0.isDryRun, $0.policyPath) = (true, path) }
    #expect(plan.ending == .planned && plan.sentence.contains("6 records"))
    #expect(try place.files().map { try place.read($0) } == before)
  }

  @Test("keeps alias and state when the verdict is under the policy's floor, and certifies it")
  func underTheFloor() throws {
    let place = try Made.trained()
    let path = try place.policy(floor: "PASS", ladder: #"{"method":"imu"}"#)
    let outcome = try place.forget("v1") { $0.policyPath = path }
    #expect(!outcome.meetsFloor && outcome.verdict == .warn && outcome.state == .approved)
    #expect(try outcome.movedAliases.isEmpty && place.aliased() == "v1")
    let request = try place.work.request("R-1")
    #expect(request.state == .approved && request.certificates.map(\.verdict) == [.warn])
    #expect(place.audit() == (true, ""))
  }

  @Test("certifies FAIL as well, and the version stays exposed")
  func fail() throws {
    let place = try Made.trained()
    let outcome = try place.forget("v1") {
      $0.method = "gradient-ascent"
      $0.constants = ["learningRatePartsPerBillion": 0, "epochCount": 1]
    }
    #expect(outcome.verdict == .fail && !outcome.meetsFloor && outcome.state == .approved)
    #expect(try place.exposure(of: "v2") == .exposed && place.aliased() == "v1")
    #expect(place.audit() == (true, ""))
  }

  @Test("keeps the best rung, the earlier of equals, and lists every one")
  func bestRung() throws {
    let place = try Made.trained()
    let path = try place.policy(
      floor: "PASS",
      ladder: """
        {"method":"gradient-ascent","constants":{"learningRatePartsPerBillion":0,"epochCount":1}},
        {"method":"imu","constants":{"epochCount":3}},{"method":"imu","constants":{"epochCount":2}}
        """)
    try place.forget("v1") { $0.policyPath = path }
    let certificate = try #require(try place.work.version("v2").certificate)
    #expect(certificate.rungs.map(\.judgement.verdict) == [.fail, .warn, .warn])
    #expect(certificate.rungs[1].weights == certificate.version.weights)
    #expect(certificate.judgement == certificate.rungs[1].judgement)
    #expect(try place.work.version("v2").lineage.recipe.constants["epochCount"] == 3)
  }

  @Test("does not close a request while another alias serves a version that holds the person")
  func servedElsewhere() throws {
    let place = try Made.trained()
    let path = try place.policy(ladder: #"{"method":"retrain"}"#)
    _ = try place.work.promote("v1", alias: "staging", override: "kept for comparison")
    try place.train { $0.parent = "v1" }
    _ = try place.work.promote("v2", alias: "production", override: nil)
    let outcome = try place.forget("v2") { ($0.policyPath, $0.target) = (path, .pass) }
    #expect(outcome.verdict == .pass && outcome.state == .mitigated)
    #expect(try place.aliased("staging") == "v1")
  }

  @Test("nor while one serves other records of the person than those that were forgotten")
  func otherRecordsServed() throws {
    let place = try Place()
    try place.train {
      ($0.only, $0.alias) = (try? Selector("record=train-0001+train-0008+train-0014"), "production")
    }
    try place.train {
      ($0.only, $0.alias) = (try? Selector("record=train-0002+train-0009+train-0015"), "staging")
    }
    try place.request()
    let outcome = try place.forget("v1") { ($0.method, $0.target) = ("retrain", .pass) }
    #expect(try outcome.verdict == .pass && place.exposure(of: "v2") == .exposed)
    #expect(outcome.state == .mitigated)
  }

  @Test("the same evidence, bytes and certificate with one thread and with four")
  func threads() throws {
    let places = try [Made.trained(), Made.trained()]
    for (place, threads) in zip(places, [1, 4]) {
      let path = try place.policy(references: 1)
      let order = try place.order("v1") { ($0.policyPath, $0.target) = (path, .pass) }
      _ = try place.work(threads: threads).forget(order)
    }
    let certificates = try places.map { try $0.work.version("v2").certificate }
    #expect(certificates[0] != nil && certificates[0]?.references.count == 1)
    #expect(certificates[0]?.evidence == certificates[1]?.evidence)
    #expect(certificates[0]?.rungs == certificates[1]?.rungs)
    #expect(certificates[0]?.references == certificates[1]?.references)
  }

  @Test("a retrained version's lineage has no record of the person, nor of other approved requests")
  func retrainedLineage() throws {
    let place = try Made.trained()
    try place.request("R-2", "pid=2")
    _ = try place.work.openRequest("R-3", subject: Selector("pid=3"), receivedOn: nil)
    try place.forget("v1") { ($0.method, $0.target) = ("retrain", .pass) }
    let details = try place.work.version("v2")
    #expect(details.lineage.origin == .scratch)
    // Records 0...5 are person 1's, 6...11 person 2's; R-3 is not approved.
    for part in details.lineage.parts {
      let records = try place.store { store in
        try part.data.sets.map { try store.records(of: $0) }
      }
      #expect(part.data.isKnown && records == [RecordSelection(Array(12...23))])
    }
    #expect(details.summary.exposures == ["R-1": .clear, "R-2": .clear, "R-3": .exposed])
    #expect(place.audit() == (true, ""))
  }

  @Test("forgets a group of people whose requests are one")
  func group() throws {
    let place = try Made.trained()
    try place.request("R-12", "pid=1|pid=2")
    #expect(failure { try place.forget("v1", "pid=2") }?.kind == .refused)
    let outcome = try place.forget("v1", "pid=1|pid=2") { $0.target = .pass }
    #expect(outcome.request == "R-12" && outcome.state == .closed)
    #expect(try place.work.version("v2").certificate?.forgetSet.recordCount == 12)
    // R-1 is of one of them.
    #expect(try place.exposure(of: "v2") == .clear)
    #expect(place.audit() == (true, ""))
  }

  @Test("what covers one of a group does not cover the group")
  func partOfGroup() throws {
    let place = try Made.trained()
    try place.request("R-12", "pid=1|pid=2")
    try place.forget("v1")
    #expect(try place.exposure(of: "v2") == .mitigated)
    #expect(try place.exposure(of: "v2", to: "R-12") == .exposed)
  }

  @Test("asks which is meant of several requests for one subject")
  func severalRequests() throws {
    let place = try Made.trained()
    try place.request("R-0", "pid=1")
    let unclear = failure { try place.forget("v1") }
    #expect(unclear?.message.contains("'R-0' and 'R-1'") == true)
    #expect(unclear?.hint?.contains("--request") == true)
    let outcome = try place.forget("v1") { $0.request = "R-1" }
    #expect(outcome.request == "R-1" && outcome.state == .mitigated)
    #expect(try place.work.request("R-0").state == .approved)

    // One that was refused is not meant.
    _ = try place.work.refuseRequest("R-0", by: "Ada", reason: "twice")
    #expect(try place.forget("v2") { $0.target = .pass }.request == "R-1")
  }

  @Test("of two requests for one subject what is certified for the one counts for it, and it alone")
  func certifiedForOne() throws {
    let place = try Made.trained()
    try place.request("R-0", "pid=1")
    try place.forget("v1") { $0.request = "R-1" }
    let again = try place.forget("v2") { $0.request = "R-1" }
    #expect(again.ending == .alreadyMitigated && again.exposure.overall == .mitigated)
    let other = try place.forget("v2") { $0.request = "R-0" }
    #expect(try other.ending == .certified && place.exposure(of: "v3", to: "R-0") == .mitigated)
    #expect(try place.certificate(for: "R-0").provenance.original.overall == .exposed)
    let verified = try place.work.verify("v3", reExecute: true)
    #expect(verified.isVerified, "\(verified.sentence)")
  }
}
