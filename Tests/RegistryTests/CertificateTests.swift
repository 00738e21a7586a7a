import Foundation
import Records
import Testing

@testable import Registry

extension CertificateDraft {
  static func example(
    of version: Digest, request: String = "DSR-2026-001", verdict: Verdict = .warn,
    name: String = "certificate-DSR-2026-001.intoto.jsonl", text: String = "{}\n",
    state: RequestState? = .mitigated
  ) -> CertificateDraft {
    CertificateDraft(
      name: name, envelope: Array(text.utf8), version: version, request: request,
      verdict: verdict, covered: [.of("manifest"): RecordSelection(0..<3)],
      issuedAt: TemporaryRegistry.time, state: state, signedBy: "imu-registry")
  }
}

@Suite("Certificates, runs and attestations")
struct CertificateTests {
  @Test(
    "a certificate, its file and its request's state are one step, and the run goes on until its end"
  )
  func certify() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.openExample()
    try store.changeRequest(
      "DSR-2026-001", to: .approved, by: "Ada", at: TemporaryRegistry.time)
    let version = try store.commitExample(request: "DSR-2026-001", draft: [7, 7]).digest
    let run = try #require(store.pendingRuns().first)
    #expect(run.version == version)
    #expect(try store.blobs.read(run.draft) == [7, 7])
    let entry = try store.certify(.example(of: version))
    #expect(try store.pendingRuns() == [run])
    try store.endRun(version)
    #expect(try store.pendingRuns() == [])
    #expect(try store.request("DSR-2026-001").state == .mitigated)
    #expect(try store.certificates(of: version) == [entry])
    #expect(try store.certificates(for: "DSR-2026-001") == [entry])
    #expect(try store.certificates(for: "DSR-2") == [])
    #expect(entry.covered == [.of("manifest"): RecordSelection(0..<3)])
    #expect(
      try store.attestation("certificate-DSR-2026-001.intoto.jsonl", of: version)
        == Array("{}\n".utf8))
    #expect(try store.logEntries()[entry.logIndex].digest == entry.envelope)
    #expect(try store.certify(.example(of: version)) == entry)
    #expect(try store.logEntries().count == store.loggedByLedger().count)
    #expect(throws: RegistryError.self) {
      try store.certify(.example(of: version, text: "{\"other\":1}\n"))
    }
  }

  @Test("a certificate that its request's state does not allow changes nothing")
  func refused() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.openExample()
    let version = try store.commitExample(request: "DSR-2026-001", draft: []).digest
    let before = try store.logEntries()
    #expect(
      throws: RegistryError.stateRefused(request: "DSR-2026-001", from: .received, to: .mitigated)
    ) { try store.certify(.example(of: version)) }
    #expect(try store.certificates() == [])
    #expect(try store.artifacts() == [])
    #expect(try store.pendingRuns().count == 1)
    #expect(try store.logEntries() == before)
    try store.endRun(version)
    #expect(try store.pendingRuns() == [])
  }

  @Test("an attestation is written once, read-only, and known to ledger and log")
  func attach() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let version = try store.commitExample().digest
    let artifact = try store.attach("model.sig", [1, 2], to: version, at: "2026-11-22")
    #expect(artifact.path == "attestations/\(version.hex)/model.sig")
    #expect(try FileStatus(of: registry.path(artifact.path))?.mode == 0o444)
    #expect(try store.attestation("model.sig", of: version) == [1, 2])
    #expect(try store.attestation("other.sig", of: version) == nil)
    #expect(try store.attach("model.sig", [1, 2], to: version, at: "2027") == artifact)
    for act in [
      { _ = try store.attach("model.sig", [1, 3], to: version, at: "2027") },
      { _ = try store.recordReport(artifact.path, of: version, at: "2027") },
    ] {
      #expect(throws: RegistryError.taken(what: "attestation", name: artifact.path)) { try act() }
    }
    #expect(try store.logEntries()[artifact.logIndex].digest == artifact.digest)
  }

  @Test(
    "an attestation cannot be written outside its folder",
    arguments: ["../x", "a/b", "", ".", "..", "a\0", String(repeating: "a", count: 129)])
  func hostileName(name: String) throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let version = try store.commitExample().digest
    #expect(throws: RegistryError.self) {
      try store.attach(name, [1], to: version, at: "2026-11-22")
    }
    #expect(throws: RegistryError.self) {
      try store.attach("model.sig", [1], to: .of("none"), at: "2026-11-22")
    }
    #expect(try registry.names("attestations") == [])
  }

  @Test("a report is vouched for as it is now, and noted when it was filed elsewhere")
  func report() throws {
    let registry = try TemporaryRegistry()
    let report = registry.directory + "-report.md"
    defer { try? FileManager.default.removeItem(atPath: report) }
    try Data("one".utf8).write(to: URL(fileURLWithPath: report))
    do {
      let store = try registry.open()
      let version = try store.commitExample().digest
      try store.recordReport(report, of: version, at: "2026-11-22")
      try Data("two".utf8).write(to: URL(fileURLWithPath: report))
      try store.recordReport(report, of: version, at: "2026-11-23")
      #expect(try store.artifacts(of: version).map(\.recordedAt) == ["2026-11-23"])
    }
    #expect(try registry.audit() == [])
    try Data("twO".utf8).write(to: URL(fileURLWithPath: report))
    #expect(try registry.audit().contains { $0.contains(report) })
    try FileManager.default.removeItem(atPath: report)
    let findings = try RegistryAudit.run(on: registry.open())
    #expect(findings.map(\.severity) == [.note])
    #expect(findings.map(\.file) == [report])
  }
}
