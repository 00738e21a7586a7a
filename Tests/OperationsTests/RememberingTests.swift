import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("What cannot be remembered outside of a registry is said")
struct RememberingTests {
  private func workplace(
    in folder: String, memory: String?, lack: String? = nil, notice: @escaping (String) -> Void
  ) -> Workplace {
    Workplace(
      registryPath: "\(folder)/Registry", threads: 1, memoryPath: memory, memoryLack: lack,
      notice: notice)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "\(Place.parent)/remembering-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("without a folder for it an audit that is to remember fails, and a writer says so once")
  func nowhere() throws {
    try withFolder { folder in
      var notices: [String] = []
      let work = workplace(in: folder, memory: nil, lack: "no variable is set") {
        notices.append($0)
      }
      _ = try work.initialise(model: "m")
      #expect(notices.count == 1 && notices[0].contains("no variable is set"))
      try work.request()
      #expect(notices.count == 2 && notices[1].contains("set XDG_STATE_HOME"))
      var order = AuditOrder()
      order.remembers = true
      let failure = failure { _ = try work.audit(order) }
      #expect(failure?.kind == .failed && failure?.message.contains("no variable is set") == true)
      #expect(failure?.hint?.contains("XDG_STATE_HOME") == true)
    }
  }

  @Test(
    "where the folder cannot be made a registry is made all the same, and the next move is said")
  func unwritable() throws {
    try withFolder { folder in
      // A file in the place of a folder stops root, too.
      try Data().write(to: URL(filePath: "\(folder)/file"))
      var notices: [String] = []
      let work = workplace(in: folder, memory: "\(folder)/file/state") { notices.append($0) }
      _ = try work.initialise(model: "m")
      #expect(notices.count == 1 && notices[0].contains("\(folder)/file"))
      #expect(notices[0].contains("set XDG_STATE_HOME"))
      try work.request()
      #expect(notices.count == 2 && notices[1].contains("set XDG_STATE_HOME"))
      #expect(!notices[1].contains("the next command makes it"))
      var order = AuditOrder()
      order.remembers = true
      let failure = failure { _ = try work.audit(order) }
      #expect(failure?.kind == .failed && failure?.hint?.contains("XDG_STATE_HOME") == true)
    }
  }

  @Test(
    "a damaged remembered file is named with the way out, by an audit beside everything else",
    arguments: ["", "damaged\n"])
  func damaged(text: String) throws {
    try withFolder { folder in
      let work = workplace(in: folder, memory: "\(folder)/state") { _ in }
      _ = try work.initialise(model: "m")
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/state") {
        let file = "\(folder)/state/\(name)"
        let kept = try Data(contentsOf: URL(filePath: file))
        try Data(text.utf8).write(to: URL(filePath: file))
        let refusal = failure { try work.request() }
        #expect(refusal?.kind == .unverified && refusal?.message.contains(file) == true)
        #expect(refusal?.message.contains("remove the file") == true)
        #expect(refusal?.message.contains("imu-registry audit") == false)
        let outcome = try work.audit(AuditOrder())
        let bad = outcome.findings.filter { !$0.isGood }
        #expect(bad.map(\.subject) == [file] && bad[0].message.contains("remove the file"))
        try kept.write(to: URL(filePath: file))
      }
      #expect(try work.audit(AuditOrder()).isVerified)
    }
  }
}

extension Workplace {
  /// Commits something small.
  fileprivate func request() throws { _ = try withdrawPolicy("gdpr-art17") }
}
