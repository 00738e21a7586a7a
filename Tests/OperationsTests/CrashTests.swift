import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("After a kill")
struct CrashTests {
  /// Where the kill falls: how much of `finish` had been done.
  enum Cut: CaseIterable {
    case afterCommit, afterSignature, afterCertificate, afterAlias, afterReport
  }

  @Test("a committed forget is finished once by the next command", arguments: Cut.allCases)
  func replay(cut: Cut) throws {
    let place = try Made.trained()
    try interrupt(place, after: cut)
    #expect(place.audit() == (true, ""))
    #expect(try place.store { try $0.pendingRuns().count } == 1)

    // Reading finishes nothing; opening a request is the next command that writes.
    #expect(try place.work.versions().count == 2 && pending(place) == 1)
    try place.request("R-2", "pid=2")
    #expect(place.notices == ["finishing the interrupted forget of request 'R-1'"])
    #expect(try pending(place) == 0)
    let request = try place.work.request("R-1")
    #expect(request.state == .mitigated && request.certificates.map(\.verdict) == [.warn])
    #expect(try place.aliased() == "v2")
    try place.store { store in
      let version = try store.version(named: "v2")
      #expect(try store.modelSignature(of: version) != nil)
      #expect(try store.aliasHistory(of: "speakers").count == 2)
      #expect(try store.requestHistory("R-1").map(\.to) == [.approved, .mitigated])
      #expect(try store.artifacts(of: version.digest).count { $0.kind == .attestation } == 2)
      #expect(try store.artifacts(of: version.digest).count { $0.kind == .report } == 4)
    }
    for name in ReportFiles.all {
      #expect(try place.read("Reports/R-1/\(name)") == place.read("Reports/R-1/v2/\(name)"))
    }
    #expect(place.audit() == (true, "") && place.audit("v2") == (true, ""))

    // And nothing is done twice by the command after that.
    let count = try place.store { try $0.logEntries().count }
    _ = try place.work.forget(place.order("v2"))
    #expect(try place.store { try $0.logEntries().count } == count)
  }

  @Test("an alias that was moved away meanwhile is left where it is")
  func movedAlias() throws {
    let place = try Made.trained()
    try place.train()
    _ = try committed(place)
    try place.store { store in
      // Another hand: the run's parent no longer has the alias when the run is finished.
      let (from, to) = (
        try store.version(named: "v1").digest, try store.version(named: "v2").digest
      )
      try store.moveAlias(
        AliasMove(
          model: "speakers", name: "production", from: from, to: to,
          movedAt: "2026-11-22T10:30:00Z", movedBy: "somebody"))
    }
    try place.request("R-2", "pid=2")
    #expect(try place.aliased() == "v2")
    #expect(try place.work.request("R-1").state == .mitigated)
  }

  @Test("a trained version without its signature is signed by the next command")
  func unsigned() throws {
    let place = try Made.trained()
    try place.store { store in
      let old = try store.version(named: "v1")
      let lineage = Lineage(
        model: "speakers", number: 2, createdAt: "2026-11-22T10:20:00Z", parent: nil,
        origin: .scratch, recipe: old.lineage.recipe, extractor: old.lineage.extractor,
        classifier: old.lineage.classifier)
      _ = try store.commit(
        lineage, weights: old.weights, configuration: old.configuration)
    }
    #expect(place.audit() == (true, ""))
    #expect(failure { _ = try place.work.export("v2", to: place.path("out")) } == nil)
    #expect(place.notices == ["signing speakers@v2, which was interrupted before its signature"])
    #expect(place.audit() == (true, ""))
  }

  @Test("a forget stopped while it works leaves no version, and can be run again")
  func stopped() throws {
    struct Stop: Error {}
    let trained = try Made.trained()
    let total = try steps(of: trained.copy())
    let order = try trained.order("v1") { $0.target = .pass }
    for stop in stride(from: 0, to: total, by: max(1, total / 5)) {
      // A place each: what one forget has come to makes the next one shorter.
      let place = try trained.copy()
      var ticks = 0
      let work = Workplace(
        registryPath: place.path("Registry"), threads: 1, now: { "2026-11-22T10:40:00Z" },
        progress: { _ in
          ticks += 1
          if ticks > stop { throw Stop() }
        })
      #expect(throws: Stop.self) { try work.forget(order) }
      #expect(try place.work.versions().count == 1)
      #expect(try place.files().filter { $0.hasPrefix("Registry/staging/") } == [])
      #expect(place.audit() == (true, ""))
      #expect(try place.work.forget(order).verdict == .pass)
    }
  }

  private func steps(of place: Place) throws -> Int {
    var ticks = 0
    let work = Workplace(
      registryPath: place.path("Registry"), threads: 1, now: { "2026-11-22T10:40:00Z" },
      progress: { _ in ticks += 1 })
    _ = try work.forget(place.order("v1") { $0.target = .pass })
    return ticks
  }

  private func pending(_ place: Place) throws -> Int {
    try RegistryStore(openingAt: place.path("Registry"), for: .reading).pendingRuns().count
  }

  /// Commits a version with its draft, as step 8 does, and stops there.
  private func committed(_ place: Place) throws -> PendingRun {
    let order = try place.order("v1")
    let beginning = try place.work.writing { store in try place.work.begin(order, in: store) }
    guard case .begun(let request, let policy, let climb) = beginning else {
      throw Failure("nothing was begun")
    }
    return try place.work.makeVersion(climb, for: request, under: policy)
  }

  private func interrupt(_ place: Place, after cut: Cut) throws {
    let run = try committed(place)
    try place.store { store in
      guard cut != .afterCommit else { return }
      let version = try store.version(run.version)
      let draft = try store.draft(of: run)
      try place.work.sign(version, in: store)
      guard cut != .afterSignature else { return }
      let certificate = try place.work.certificate(of: version, draft, in: store)
      guard cut != .afterCertificate else { return }
      for alias in draft.aliases {
        try store.moveAlias(
          AliasMove(
            model: "speakers", name: alias.name, from: alias.from, to: version.digest,
            movedAt: "2026-11-22T10:40:00Z", movedBy: "imu-registry forget", reason: "WARN"))
      }
      guard cut != .afterAlias else { return }
      _ = try place.work.writeReport(of: version, certificate, in: store)
    }
  }
}

extension RegistryStore {
  fileprivate func draft(of run: PendingRun) throws -> ForgetDraft {
    try CanonicalText.decode(ForgetDraft.self, from: try blobs.read(run.draft), what: "draft")
  }
}
