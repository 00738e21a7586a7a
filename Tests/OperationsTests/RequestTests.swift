import Records
import Testing

@testable import Operations

@Suite("Requests and names that do not fit")
struct RequestTests {
  @Test("a person whose records are only in the test split is refused with the reason")
  func testOnly() throws {
    let place = try Place()
    let refused = failure { try place.request("R-5", "pid=5") }
    #expect(refused?.kind == .failed)
    #expect(refused?.message.contains("matches test records only (3 of") == true)
    #expect(try place.work.requests().isEmpty)
    let train = failure { try place.train { $0.without = try? Selector("pid=5") } }
    #expect(train?.message.contains("test records only") == true)
  }

  @Test("an unknown key or value is named with those there are")
  func unknown() throws {
    let place = try Made.trained()
    #expect(failure { try place.request("R-2", "pdi=1") }?.message.contains("'pid'?") == true)
    #expect(failure { try place.request("R-2", "pid=9") }?.message.contains("pid=9") == true)
    #expect(
      failure { try place.request("R-2", "pid=1,class=name:2") }?.message.contains("matches all of")
        == true)
    #expect(failure { try place.forget("v1", "pid=9") }?.message.contains("pid=9") == true)
    #expect(failure { try place.forget("v7") }?.message.contains("v7") == true)
    #expect(
      failure { try place.train { $0.dataset = "poeple" } }?.message.contains("people") == true)
    #expect(try place.work.requests().map(\.id) == ["R-1"])
  }

  @Test("the deadline is a month after receipt, which is not after today")
  func dates() throws {
    let place = try Place()
    let line = try place.work.openRequest(
      "R-1", subject: Selector("pid=1"), receivedOn: CalendarDate("2026-01-31"))
    #expect(line.deadline == CalendarDate("2026-02-28") && line.state == .received)
    let future = failure {
      _ = try place.work.openRequest(
        "R-2", subject: Selector("pid=1"), receivedOn: CalendarDate("2026-11-23"))
    }
    #expect(future?.message.contains("2026-11-23") == true)
    #expect(failure { _ = try place.work.approveRequest("R-2", by: "Ada") }?.kind == .failed)
    _ = try place.work.refuseRequest("R-1", by: "Ada", reason: "none")
    #expect(failure { _ = try place.work.approveRequest("R-1", by: "Ada") }?.kind == .refused)
  }

  @Test("a policy that is missing, malformed or names what there is not stops before anything")
  func policies() throws {
    let place = try Made.trained()
    let good = String(decoding: try place.bytes(at: place.policy()), as: UTF8.self)
    let bad = [
      ("{", "policy"),
      (good.replacing("\"floor\":\"WARN\"", with: "\"floor\":\"FAIL\""), "floor FAIL"),
      (good.replacing("\"floor\":\"WARN\"", with: "\"flor\":\"WARN\""), "'flor'"),
      (good.replacing("\"imu\"", with: "\"imv\""), "imv"),
      (good.replacing("utility-test", with: "utility-tset"), "utility-tset"),
      (good.replacing("\"epochCount\":3", with: "\"epochs\":3"), "epochs"),
    ]
    for (text, words) in bad {
      try place.write("bad.json", Array(text.utf8))
      let path = place.path("bad.json")
      let found = failure { try place.forget("v1") { $0.policyPath = path } }
      #expect(found?.message.contains(words) == true, "\(words): \(String(describing: found))")
      #expect(try place.work.versions().count == 1)
    }
    let missing = failure { try place.forget("v1") { $0.policyPath = "/nowhere/p.json" } }
    #expect(missing?.message.contains("'/nowhere/p.json'") == true)
    #expect(place.audit() == (true, ""))
  }
}

extension Place {
  fileprivate func bytes(at path: String) throws -> [UInt8] {
    try read(String(path.dropFirst(folder.count + 1)))
  }
}
