import Foundation
import Testing

import enum Console.ExitStatus

@testable import Console
@testable import Operations

/// Whole commands against a registry in a temporary folder, as far as they need no training.
@Suite struct WiringTests {
  private func run(
    _ line: String, in folder: String
  ) -> (status: ExitStatus, output: String, errors: String) {
    let recording = Recording()
    let status = Console.run(
      words(line) + ["--registry", "\(folder)/Registry"], environment: [:], coreCount: 1,
      terminal: recording.terminal(), interrupt: Interrupt(), clock: { .zero })
    return (status, recording.output, recording.errors)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "\(NSTemporaryDirectory())/wiring-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("a request is opened and approved, and what the registry lacks is said with a next move")
  func way() throws {
    try withFolder { folder in
      #expect(run("list", in: folder).status == .failed)
      #expect(run("init --model speakers", in: folder).output.contains("speakers"))
      #expect(run("init", in: folder).status == .failed)
      #expect(run("dataset add japanese-vowels", in: folder).output.contains("640"))
      #expect(run("dataset list", in: folder).output.contains("270"))
      #expect(run("dataset show japanese-vowel", in: folder).errors.contains("'japanese-vowels'?"))

      #expect(run("request open R-1 --subject pdi=1", in: folder).errors.contains("'pid'?"))
      let opened = run("request open R-1 --subject pid=1 --received 2026-01-31", in: folder)
      #expect(opened.status == .done && opened.errors.contains("request approve R-1"))
      #expect(run("request show R-1", in: folder).output.contains("2026-02-28"))
      #expect(run("request approve R-1 --by Ada", in: folder).output.contains("approved"))
      #expect(run("request refuse R-1 --by Ada --reason none", in: folder).status == .done)
      #expect(run("request approve R-1 --by Ada", in: folder).status == .refused)
      #expect(run("request list", in: folder).output.contains("refused"))

      #expect(run("forget --model v3 --subject pid=1", in: folder).status == .failed)
      #expect(run("promote v1", in: folder).status == .failed)
      #expect(run("key list", in: folder).output.contains("ecdsa-p256"))
      #expect(run("key export", in: folder).output.hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
      #expect(run("key export --to '\(folder)/key.pem'", in: folder).status == .done)
      #expect(run("audit", in: folder).status == .done)
      #expect(run("policy list", in: folder).output.contains("gdpr-art17"))
      #expect(run("policy withdraw gdpr-art17", in: folder).status == .done)
      #expect(run("policy list", in: folder).output.contains("no policy may mitigate"))
      #expect(run("policy withdraw gdpr-art17", in: folder).errors.contains("policy list"))
      #expect(run("policy allow /nowhere.json", in: folder).status == .failed)
      #expect(run("log acknowledge 1 --reason seen", in: folder).errors.contains("is not void"))
      #expect(run("log clock --correct early", in: folder).errors.contains("nothing to correct"))
      #expect(run("audit", in: folder).status == .done)
      #expect(
        run("list --json", in: folder).output
          == #"{"olderRequests":0,"olderVersions":0,"versions":[]}"# + "\n")
      #expect(run("list --limit 3 --all", in: folder).status == .usage)
    }
  }

  @Test("every kind of failure has its exit status")
  func statuses() {
    #expect(ExitStatus(Failure.Kind.failed) == .failed)
    #expect(ExitStatus(.refused) == .refused)
    #expect(ExitStatus(.unverified) == .unverified)
    #expect(ExitStatus(.interrupted) == .interrupted)
  }

  private func conclude(
    _ line: String, _ body: (Context) throws -> ExitStatus
  ) throws -> (status: ExitStatus, output: String, errors: String) {
    guard case .run(_, let options) = try Invocation(words(line)) else {
      throw NoCommand(line: line)
    }
    let recording = Recording()
    let context = Context(
      options: options, terminal: recording.terminal(), interrupt: Interrupt(), clock: { .zero })
    return (try body(context), recording.output, recording.errors)
  }

  @Test("an audit that fails names the first thing wrong on standard error, status 4")
  func audit() throws {
    let findings = [
      Finding("blobs/a", "as it was stored", isGood: true),
      Finding("blobs/b", "has another digest", isGood: false),
    ]
    let bad = try conclude("audit") {
      try $0.conclude(AuditOutcome("the registry", findings), listsAll: false)
    }
    #expect(bad.status == .unverified && bad.output.contains("blobs/b"))
    #expect(bad.output.contains("good   blobs/a: as it was stored\n"))
    #expect(bad.errors.hasPrefix("imu-registry: blobs/b: has another digest\nhint: "))
    let unchecked = Finding.note("blobs/c", "was not checked")
    let noted = try conclude("audit") {
      try $0.conclude(AuditOutcome("the registry", [unchecked]), listsAll: true)
    }
    #expect(noted.output == "note   blobs/c: was not checked\nthe registry verifies\n")
    let good = try conclude("audit") {
      try $0.conclude(AuditOutcome("the registry", [findings[0]]), listsAll: true)
    }
    #expect(good.status == .done && good.errors.isEmpty)
    #expect(good.output == "good   blobs/a: as it was stored\nthe registry verifies\n")
  }

  @Test("an alias that stays for a person's sake is status 3 and names the request")
  func alias() throws {
    func outcome(isMoved: Bool, _ undone: [String]) -> AliasMoveOutcome {
      AliasMoveOutcome(
        alias: "production", from: "v5", to: "v3", isMoved: isMoved, undone: undone,
        sentence: "alias about R-1")
    }
    let refused = try conclude("promote v3") {
      try $0.conclude(outcome(isMoved: false, ["R-1 (clear → exposed)"]))
    }
    #expect(refused.status == .refused && refused.output.isEmpty)
    #expect(refused.errors.contains("R-1") && refused.errors.contains("--override"))
    for (isMoved, undone) in [(true, ["R-1"]), (true, []), (false, [])] {
      let done = try conclude("promote v3") { try $0.conclude(outcome(isMoved: isMoved, undone)) }
      #expect(done.status == .done && done.output == "alias about R-1\n" && done.errors.isEmpty)
    }
  }
}
