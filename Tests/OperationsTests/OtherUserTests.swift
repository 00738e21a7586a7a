import Foundation
import Glibc
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Another user, who may not read what is sealed")
struct OtherUserTests {
  /// Does something as somebody who may read neither `sealed/` nor `work/`.
  ///
  /// Root may read everything, so the thread goes by another user's number for so long.
  private func asAnother(in place: Place, _ body: () throws -> Void) throws {
    func setModes(_ mode: Int) throws {
      for name in ["sealed", "work"] {
        try FileManager.default.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: place.path("Registry/\(name)"))
      }
    }
    try setModes(0)
    let user = geteuid()
    if user == 0 { try Self.goBy(65_534) }
    defer {
      if user == 0 { try? Self.goBy(user) }
      try? setModes(0o700)
    }
    try body()
  }

  /// Has this thread open files as another user; the C library's module does not name the call.
  private static func goBy(_ user: uid_t) throws {
    typealias Call = @convention(c) (uid_t) -> Int32
    let found = unsafe dlsym(nil, "setfsuid")
    let symbol = unsafe try #require(found)
    _ = unsafe unsafeBitCast(symbol, to: Call.self)(user)
  }

  private func json(_ value: some Encodable) -> String {
    String(decoding: CanonicalText.encode(value), as: UTF8.self)
  }

  @Test("what is kept of people's records is unknown, not nothing, and is not discarded")
  func derived() throws {
    let place = try Made.trained()
    _ = try place.work.evaluate(EvaluateOrder(version: "v1", dataset: "people"))
    #expect(try place.derived().count == 1)
    try asAnother(in: place) {
      let items = try place.work.derived()
      #expect(items == nil && json(items) == "null")
      #expect(place.notices.contains { $0.contains("may not read 'work/features'") })
      let failure = failure { _ = try place.work.discardDerived(nil) }
      #expect(failure?.kind == .failed && failure?.message.contains("'work/features'") == true)
    }
    #expect(try place.derived().count == 1)
  }

  @Test("the records of a data set are counted, and of split and labels nothing is said")
  func datasets() throws {
    let place = try Made.trained()
    try asAnother(in: place) {
      let dataset = try place.work.dataset("people")
      #expect(dataset.records == 39 && dataset.contents == nil)
      let text = json(try place.work.datasets())
      for field in ["trainingRecords", "testRecords", "labelNames", "inputShape", "format"] {
        #expect(text.contains("\"\(field)\":null"))
      }
    }
  }

  @Test("what needs a sealed part fails for want of permission, and not for what is stored")
  func permission() throws {
    let place = try Made.forgotten()
    let order = try place.order("v1") { $0.isDryRun = true }
    let acts: [String: () throws -> Void] = [
      "evaluate": {
        _ = try place.work.evaluate(EvaluateOrder(version: "v1", dataset: "people"))
      },
      "report": { _ = try place.work.report("v2") }, "train": { _ = try place.train() },
      "forget": { _ = try place.work.forget(order) },
    ]
    try asAnother(in: place) {
      for (name, act) in acts {
        let failure = failure(act)
        #expect(failure?.kind == .failed, "\(name): \(failure?.message ?? "nothing")")
        #expect(failure?.message.contains("may not read") == true, "\(name)")
      }
    }
    // That a part is gone still speaks against the registry.
    try FileManager.default.removeItem(atPath: place.path("Registry/sealed"))
    for name in ["evaluate", "report", "train"] {
      #expect(failure { try acts[name]?() }?.kind == .unverified, "\(name)")
    }
  }
}
