import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("A forget is one commit")
struct CommitTests {
  private struct Stop: Error {}

  /// Work that does something at the first piece of progress, as another process would.
  private func work(
    _ place: Place, meanwhile act: @escaping () throws -> Void
  ) -> Workplace {
    var isDone = false
    return place.watched { _ in
      guard !isDone else { return }
      isDone = true
      try act()
    }
  }

  @Test("version, evidence, certificate and the alias's move stand together in the log")
  func batch() throws {
    let place = try Made.trained()
    try place.forget("v1")
    let kinds = try place.events().map { type(of: $0.fact).kind }
    #expect(
      kinds.suffix(6) == [
        "forget-begun", "version-made", "evidence-found", "certificate-issued", "alias-moved",
        "report-made",
      ])
    #expect(try Set(place.events().suffix(5).dropLast().map(\.time)).count == 1)
    #expect(place.audit() == (true, ""))
  }

  @Test("stopped wherever it works it leaves one run, which is gone on with to the same bytes")
  func stopped() throws {
    let trained = try Made.trained()
    let whole = try trained.copy()
    var total = 0
    let counting = whole.watched { _ in total += 1 }
    _ = try counting.forget(whole.order("v1") { $0.target = .pass })
    for stop in stride(from: 0, to: total, by: max(1, total / 5)) {
      // A place each: what one forget has come to makes the next one shorter.
      let place = try trained.copy()
      let order = try place.order("v1") { $0.target = .pass }
      var ticks = 0
      let stopping = place.watched { _ in
        ticks += 1
        if ticks > stop { throw Stop() }
      }
      // What it has come to is kept, so that a later stop might never be reached again.
      for _ in 0..<(stop == 0 ? 2 : 1) {
        ticks = 0
        #expect(throws: Stop.self) { try stopping.forget(order) }
      }
      #expect(try place.work.versions().count == 1 && place.count(ForgetBegun.self) == 1)
      // A killed process leaves its run's folder as well.
      let run = try place.store { try #require($0.state.runs.first?.run) }
      try FileManager.default.createDirectory(
        atPath: place.path("Registry/work/runs/\(run.hex)"), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      #expect(try place.files().filter { $0.hasPrefix("Registry/work/staging/") } == [])
      #expect(place.audit() == (true, ""))
      #expect(try place.work.forget(order).verdict == .pass)
      #expect(try place.count(ForgetBegun.self) == 1)
      #expect(try place.entry("v2").weights == whole.entry("v2").weights)
      #expect(try place.certificate().evidence == whole.certificate().evidence)
      #expect(place.audit() == (true, ""))
    }
  }

  @Test("the same forget at once in another process is refused, another order is not")
  func twice() throws {
    let place = try Made.trained()
    let order = try place.order("v1")
    var refused: Failure?
    let outcome = try work(place) {
      refused = failure { _ = try place.work.forget(order) }
    }.forget(order)
    #expect(refused?.message == "the same forget is being done by another process")
    #expect(try outcome.verdict == .warn && place.count(ForgetBegun.self) == 1)
    #expect(try place.work.versions().count == 2)
    #expect(place.audit() == (true, ""))

    let other = try Made.trained()
    let first = try other.order("v1")
    let second = try other.order("v1") { $0.seed = 2 }
    _ = try work(other) { _ = try other.work.forget(second) }.forget(first)
    // Both are kept; the alias was moved by the faster one.
    #expect(try other.work.versions().count == 3 && other.aliased() == "v2")
    #expect(other.notices.contains { $0.contains("was moved while this ran") })
    #expect(other.audit() == (true, ""))
  }

  @Test("of a request that was refused while it ran nothing is committed, and the event is named")
  func refusedMeanwhile() throws {
    let place = try Made.trained()
    let order = try place.order("v1")
    let found = failure {
      _ = try work(place) {
        _ = try place.work.refuseRequest("R-1", by: "Ada", reason: "withdrawn")
      }.forget(order)
    }
    let index = try #require(try place.events().lastIndex { $0.fact is RequestDecided })
    #expect(found?.kind == .refused)
    #expect(found?.message.contains("'R-1' was refused while this ran (event \(index))") == true)
    #expect(try place.work.versions().count == 1 && place.aliased() == "v1")
    #expect(place.audit() == (true, ""))
    // What it had stored goes with the next command that writes.
    try place.request("R-2", "pid=2")
    #expect(try place.store { try $0.uncommittedFiles() } == [])
  }

  @Test("under a policy that was withdrawn while it ran nothing is committed, the event is named")
  func withdrawnMeanwhile() throws {
    let place = try Made.trained()
    let order = try place.order("v1")
    let found = failure {
      _ = try work(place) { _ = try place.work.withdrawPolicy("small") }.forget(order)
    }
    let index = try #require(try place.events().lastIndex { $0.fact is PolicyWithdrawn })
    #expect(found?.kind == .refused)
    #expect(found?.message.contains("was withdrawn while this ran (event \(index))") == true)
    #expect(try place.work.versions().count == 1 && place.aliased() == "v1")
    #expect(place.audit() == (true, ""))
    // Repeated, it explores only.
    #expect(try place.work.forget(order).meetsFloor == false)
  }

  @Test("a policy that was allowed while it ran changes what the run may, so it is refused, too")
  func allowedMeanwhile() throws {
    let place = try Made.trained()
    let path = try place.policy(isAllowed: false)
    let order = try place.order("v1") { $0.policyPath = path }
    let found = failure {
      _ = try work(place) { _ = try place.work.allowPolicy(path) }.forget(order)
    }
    #expect(found?.kind == .refused)
    #expect(found?.message.contains("was allowed while this ran (event ") == true)
    #expect(try place.work.forget(order).state == .mitigated)
    #expect(try place.count(ForgetBegun.self) == 1)
  }

  @Test("an alias that was moved while it ran stays where it is, said so; the version is kept")
  func movedMeanwhile() throws {
    let place = try Made.trained()
    try place.train()
    let order = try place.order("v1")
    let outcome = try work(place) {
      _ = try place.work.promote("v2", alias: "production", override: nil)
    }.forget(order)
    #expect(outcome.version == "speakers@v3" && outcome.movedAliases == [])
    #expect(
      place.notices.contains("alias 'production' was moved while this ran and stays where it is"))
    #expect(try place.aliased() == "v2" && outcome.state == .mitigated)
    #expect(place.audit() == (true, ""))
  }

  @Test("with a private key that is not the log's nothing is signed, and the file is named")
  func foreignKey() throws {
    let trained = try Made.trained()
    let other = try Place()
    for role in ["engine", "verifier", "log", "desk", "publisher"] {
      let place = try trained.copy()
      let order = try place.order("v1")
      let file = "Registry/keys/\(role).pem"
      let (right, events) = (try place.read(file), try place.events().count)
      // Put there while it runs, so that it is met at the commit.
      let found = failure {
        _ = try work(place) { try place.put(file, other.read(file), mode: 0o600) }.forget(order)
      }
      #expect(found?.kind == .unverified, "\(role)")
      #expect(found?.message.contains("keys/\(role).pem") == true, "\(role)")
      #expect(try place.events().count == events + 1 && place.work.versions().count == 1)
      #expect(place.audit().text.contains("keys/\(role).pem"))
      try place.put(file, right, mode: 0o600)
      #expect(try place.work.forget(order).state == .mitigated)
      #expect(place.audit() == (true, ""))
    }
  }

  @Test("somebody whose request is approved as it begins is left out as its event says")
  func approvedAtTheBeginning() throws {
    let place = try Made.trained()
    _ = try place.work.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    let order = try place.order("v1") {
      ($0.method, $0.target) = ("retrain", .pass)
    }
    // The clock is asked once more just before the run is committed.
    var isApproved = false
    let work = place.work(now: {
      if !isApproved {
        isApproved = true
        _ = try? place.work.approveRequest("R-2", by: "Ada")
      }
      return place.work.now()
    })
    _ = try work.forget(order)
    let begun = try #require(try place.events().compactMap { $0.fact as? ForgetBegun }.last)
    #expect(begun.withheld == RecordSelection([0, 1]))
    #expect(try place.exposure(of: "v2", to: "R-2") == .clear)
    let again = try place.work.verify("v2", reExecute: true)
    #expect(again.isVerified, "\(again.sentence)")
  }
}
