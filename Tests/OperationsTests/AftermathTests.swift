import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("What follows a forget")
struct AftermathTests {
  @Test("a report that cannot be written is said, blocks nothing, and is written later")
  func blockedReport() throws {
    for isFolder in [false, true] {
      let place = try Made.trained()
      let manager = FileManager.default
      if isFolder {
        // A folder where a file of the report belongs.
        try manager.createDirectory(
          atPath: place.path("Reports/R-1/v2/report.md/x"), withIntermediateDirectories: true)
      } else {
        try manager.createDirectory(
          atPath: place.path("Reports"), withIntermediateDirectories: true)
        try place.write("Reports/R-1", [1])
      }
      let outcome = try place.forget("v1")
      #expect(outcome.verdict == .warn && outcome.state == .mitigated)
      #expect(try outcome.reportPath == nil && place.aliased() == "v2")
      #expect(
        place.notices.contains {
          $0.contains("the report could not be written") && $0.contains("imu-registry report v2")
        })
      #expect(place.audit().text.contains("Reports") || place.audit() == (true, ""))
      try manager.removeItem(atPath: place.path("Reports"))
      #expect(try place.work.report("v2") == place.path("Reports/R-1/report.html"))
      #expect(place.audit() == (true, ""))
    }
  }

  @Test("an unwritable folder of reports blocks nothing either")
  func unwritableReports() throws {
    let place = try Made.trained()
    // A link into a file system that takes no files, as the superuser may write everywhere.
    try FileManager.default.createSymbolicLink(
      atPath: place.path("Reports"), withDestinationPath: "/proc/self")
    let outcome = try place.forget("v1")
    #expect(outcome.state == .mitigated && outcome.reportPath == nil)
    try FileManager.default.removeItem(atPath: place.path("Reports"))
    _ = try place.work.report("v2")
    #expect(place.audit() == (true, ""))
  }

  /// A place where the forget was killed right after its commit: the very log, and nothing made of it.
  private func killed(_ place: Place) throws -> Place {
    let before = try place.copy()
    try place.forget("v1")
    let after = try place.copy()
    for name in try before.files()
    where name.hasPrefix("Registry/work/") || name == "Registry/index.json" {
      try FileManager.default.createDirectory(
        atPath: (after.path(name) as NSString).deletingLastPathComponent,
        withIntermediateDirectories: true)
      try after.write(name, try before.read(name))
      try FileManager.default.setAttributes(
        [.posixPermissions: try before.mode(name)], ofItemAtPath: after.path(name))
    }
    try FileManager.default.removeItem(atPath: after.path("Reports"))
    let end = try #require(
      try after.events().firstIndex { $0.fact is AliasMoved && $0.after != nil })
    try after.cut(afterEvent: end)
    return after
  }

  @Test("killed after its commit, the same forget again makes what follows and nothing else")
  func killedAfterCommit() throws {
    let place = try Made.trained()
    var order = EvaluateOrder(version: "v1", dataset: "people")
    order.split = .training
    _ = try place.work.evaluate(order)
    let after = try killed(place)
    #expect(try after.entry("v2").digest == place.entry("v2").digest)
    #expect(after.audit().text.contains("holds features of 6 records of the person"))
    let dry = try after.forget("v1") { $0.isDryRun = true }
    #expect(try dry.ending == .alreadyMitigated && !after.files().contains("Reports/R-1/report.md"))

    let outcome = try after.forget("v1")
    #expect(outcome.ending == .alreadyMitigated)
    #expect(try after.files().contains("Reports/R-1/v2/report.md"))
    #expect(try after.count(VersionMade.self) == 2 && after.count(ForgetBegun.self) == 1)
    #expect(after.audit() == (true, ""))
  }

  @Test("kept features that do not verify keep the committed forget from nothing, and are named")
  func spoiltFeatures() throws {
    let place = try Made.trained()
    var order = EvaluateOrder(version: "v1", dataset: "people")
    order.split = .training
    _ = try place.work.evaluate(order)
    let file = try #require(
      try place.files().first { $0.hasPrefix("Registry/work/features/") })
    let forget = try place.order("v1")
    // Spoilt at the end of the work, when the features have been read.
    var isSpoilt = false
    let spoiling = place.watched {
      guard !isSpoilt, $0.activity.contains("imu") else { return }
      isSpoilt = true
      var bytes = try place.read(file)
      bytes[bytes.count - 1] ^= 1
      try place.write(file, bytes)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: place.path(file))
    }
    let outcome = try spoiling.forget(forget)
    #expect(outcome.state == .mitigated && outcome.reportPath != nil)
    #expect(place.notices.contains { $0.contains("derived discard") })
    #expect(place.audit().text.contains("work/features/"))
    _ = try place.work.discardDerived(nil)
    #expect(place.audit() == (true, ""))
  }
}

extension Place {
  /// Cuts the log behind the checkpoint after an event, as if nothing had been committed since.
  fileprivate func cut(afterEvent index: Int) throws {
    var (events, kept): (Int, [UInt8]) = (0, [])
    for line in try read("Registry/log/tail").split(separator: UInt8(ascii: "\n")) {
      kept += line + [UInt8(ascii: "\n")]
      if line.first == UInt8(ascii: "e") { events += 1 } else if events > index { break }
    }
    try write("Registry/log/tail", kept)
    for file in try store({ try $0.uncommittedFiles() }) {
      try FileManager.default.removeItem(atPath: path("Registry/\(file)"))
    }
    try FileManager.default.removeItem(atPath: path("Registry/log/checkpoint"))
  }
}
