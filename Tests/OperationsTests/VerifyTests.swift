import Foundation
import Records
import Signing
import Testing

@testable import Operations
@testable import Registry

@Suite("Verify and run again")
struct VerifyTests {
  @Test("the versions of the whole way verify, and run again to the same bytes and figures")
  func again() throws {
    let place = try Made.forgotten()
    for (version, count) in [("v1", 1), ("v2", 3), ("v3", 3)] {
      let plain = try place.work.verify(version, reExecute: false)
      let outcome = try place.work(threads: 1).verify(version, reExecute: true)
      #expect(outcome.isVerified, "\(outcome.sentence)")
      #expect(outcome.findings.count == plain.findings.count + count)
    }
  }

  @Test("running again reads the requests as they were then, not as they are now")
  func requestsThen() throws {
    let place = try Made.trained()
    let path = try place.policy(ladder: #"{"method":"retrain"}"#, references: 1)
    try place.forget("v1") { ($0.policyPath, $0.target) = (path, .pass) }
    // At the very second the certificate was issued.
    let issued = try #require(try place.work.version("v2").certificate?.issuedAt)
    let work = place.work(now: { issued })
    _ = try work.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    _ = try work.approveRequest("R-2", by: "Ada")
    let outcome = try place.work.verify("v2", reExecute: true)
    #expect(outcome.isVerified, "\(outcome.sentence)")
  }

  /// Commits v1's weights again as the version of a run from a parent, with a certificate of them.
  @discardableResult
  private func certifyAgain(
    _ place: Place, parent: String = "v2", run: Digest? = nil,
    _ envelope: (VersionEntry, RegistryStore) throws -> Digest
  ) throws -> VersionEntry {
    try place.store { store in
      let (old, parent) = (try store.version(named: "v1"), try store.version(named: parent))
      let number = store.state.cases[0].number
      let policy = try #require(store.state.runs.first).policy
      let findings = try #require(store.state.certificates.first).evidence
      let lineage = try store.lineage(of: old)
      let isNew = run == nil
      let run = run ?? SHA256.digest(of: Array("from \(parent.shortName)".utf8))
      return try store.commit(at: place.work.now()) { batch in
        if isNew {
          try batch.add(
            ForgetBegun(
              run: run, number: number, parent: parent.digest, policy: policy,
              withheld: batch.state.withheld))
        }
        let version = try store.add(
          VersionDraft(
            model: old.model, weights: old.weights, configuration: old.configuration,
            parent: parent.digest, recipe: lineage.recipe,
            parts: lineage.parts.map { .init($0, holds: RecordSelection([])) }, forgets: number,
            run: run), to: &batch)
        try batch.add(
          EvidenceFound(
            run: run, version: version.digest, evidence: findings, policy: policy, verdict: .warn))
        try batch.add(
          CertificateIssued(
            number: number, run: run, version: version.digest, weights: version.weights,
            envelope: try envelope(version, store), evidence: findings, policy: policy,
            verdict: .warn))
        return version
      }
    }
  }

  @Test("a certificate of another version does not verify, though the log names it")
  func swapped() throws {
    let place = try Made.forgotten()
    try certifyAgain(place) { _, store in
      try #require(store.state.certificates.first).envelope
    }
    let outcome = try place.work.verify("v4", reExecute: false)
    #expect(!outcome.isVerified)
    #expect(outcome.sentence.contains("does not speak of this version"))
    #expect(place.audit().text.contains("does not speak of this version"))
    for version in ["v2", "v3"] {
      #expect(try place.work.verify(version, reExecute: false).isVerified)
    }
    #expect(throws: (any Error).self) { try place.work.verify("v4", reExecute: true) }
  }

  enum Lie: CaseIterable { case none, subject, allowed }

  @Test("a certificate of another subject, or of a policy's other standing, does not verify")
  func lies() throws {
    let place = try Made.forgotten()
    // Each is another run's, from another parent.
    let lies: [(String, String, Lie)] = [
      ("v2", "v4", .none), ("v3", "v5", .subject), ("v4", "v6", .allowed),
    ]
    for (parent, name, lie) in lies {
      let old = try place.certificate()
      let evidence = try place.store { store in
        let findings = try #require(store.state.certificates.first).evidence
        return try store.decode(CertificatePaper.Findings.self, from: findings)
      }
      try certifyAgain(place, parent: parent) { version, store in
        let parent = store.state.entry(try #require(version.made.parent))
        let policy = PolicyReference(
          name: old.policy.name, digest: old.policy.digest, floor: old.policy.floor,
          goal: old.policy.goal, isAllowed: lie != .allowed)
        let certificate = Certificate(
          issuedAt: version.made.time, request: old.request, parent: parent.reference,
          version: version.reference, forgetSet: old.forgetSet, policy: policy,
          rungs: [rung(old, version)], evidence: evidence.evidence, provenance: old.provenance,
          judgement: evidence.judgement, references: [], notAssessed: [],
          previousCertificate: nil)
        let statement = try Statement(
          subjects: lie == .subject ? parent.subjects : version.subjects,
          predicateType: Certificate.predicateType, encoding: certificate)
        let envelope = try store.sign(
          payloadType: Statement.payloadType, payload: statement.text, as: [.engine, .verifier])
        return try store.blobs.put(DSSEEnvelope.lines([envelope]))
      }
      let outcome = try place.work.verify(name, reExecute: false)
      #expect(outcome.isVerified == (lie == .none), "\(lie): \(outcome.sentence)")
    }
  }

  /// The first rung of a certificate, as if it had made a version.
  private func rung(_ certificate: Certificate, _ version: VersionEntry) -> RungResult {
    let first = certificate.rungs[0]
    return RungResult(
      recipe: first.recipe, trace: first.trace, judgement: first.judgement, checks: first.checks,
      weights: version.weights)
  }

  @Test("a version of a run from another parent is not signed at all")
  func otherParent() throws {
    let place = try Made.forgotten()
    struct Stop: Error {}
    let stopped = place.watched { _ in throw Stop() }
    #expect(throws: Stop.self) { try stopped.forget(place.order("v1") { $0.method = "imu" }) }
    let run = try place.store { store in
      try #require(store.state.runs.first { $0.version == nil }).run
    }
    let before = try place.events().count
    let error = #expect(throws: RegistryError.self) {
      try certifyAgain(place, parent: "v2", run: run) { version, _ in version.weights }
    }
    #expect(error?.description.contains("from another parent") == true)
    #expect(try place.events().count == before)
  }

  @Test("another recipe than the one that made the bytes is found by running it again")
  func alteredRecipe() throws {
    let place = try Made.trained()
    try place.commitAgain { recipe in
      var constants = recipe.constants
      constants["epochCount"] = 11
      return Recipe(
        method: recipe.method, choices: recipe.choices, constants: constants, seed: recipe.seed,
        environment: recipe.environment)
    }
    #expect(try place.work.verify("v1", reExecute: true).isVerified)
    #expect(try place.work.verify("v2", reExecute: false).isVerified)
    let outcome = try place.work.verify("v2", reExecute: true)
    #expect(!outcome.isVerified && outcome.sentence.contains("other weight bytes this time"))
  }

  @Test("another numeric environment is an error that names both")
  func environment() throws {
    let place = try Made.trained()
    try place.commitAgain { recipe in
      let old = recipe.environment
      return Recipe(
        method: recipe.method, choices: recipe.choices, constants: recipe.constants,
        seed: recipe.seed,
        environment: NumericEnvironment(
          architecture: old.architecture, matrixLibrary: old.matrixLibrary,
          matrixKernel: "Abacus", engine: old.engine))
    }
    let found = failure { _ = try place.work.verify("v2", reExecute: true) }
    #expect(found?.message.contains("Abacus") == true)
    #expect(found?.message.contains(", this is OpenBLAS") == true && found?.hint != nil)
  }
}
