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
    let work = Workplace(registryPath: place.path("Registry"), threads: 1, now: { issued })
    _ = try work.openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    _ = try work.approveRequest("R-2", by: "Ada")
    let outcome = try place.work.verify("v2", reExecute: true)
    #expect(outcome.isVerified, "\(outcome.sentence)")
  }

  @Test("a certificate of another version or request does not verify")
  func swapped() throws {
    let place = try Made.forgotten()
    let digests = try place.work.versions().map(\.digest.description)
    try place.tamper(
      """
      UPDATE certificates SET version = CASE version WHEN '\(digests[1])' THEN '\(digests[2])'
      ELSE '\(digests[1])' END
      """)
    for version in ["v2", "v3"] {
      let outcome = try place.work.verify(version, reExecute: false)
      #expect(!outcome.isVerified)
      #expect(outcome.sentence.contains("does not speak of this version"))
    }
    #expect(place.audit().text.contains("does not speak of this version"))
  }

  @Test("a certificate whose statement names another version as its subject does not verify")
  func otherSubject() throws {
    let place = try Made.forgotten()
    try place.store { store in
      let version = try store.version(named: "v2")
      let entry = try #require(try store.certificates(of: version.digest).last)
      let certificate = try store.certificate(in: store.blobs.read(entry.envelope))
      func certify(_ name: String, _ subjects: [Statement.Subject]) throws {
        let envelope = try Statement(
          subjects: subjects, predicateType: Certificate.predicateType, encoding: certificate
        ).signed(by: store.signingKey())
        try store.certify(
          CertificateDraft(
            name: name, envelope: envelope.text + [UInt8(ascii: "\n")], version: version.digest,
            request: entry.request, verdict: entry.verdict, covered: entry.covered,
            issuedAt: entry.issuedAt, state: nil, signedBy: "test"))
      }
      try certify("right.intoto.jsonl", version.subjects)
      #expect(try VersionCheck(version, in: store).findings().allSatisfy(\.isGood))
      try certify("wrong.intoto.jsonl", try store.version(named: "v1").subjects)
      #expect(try VersionCheck(version, in: store).findings().count { !$0.isGood } == 1)
    }
  }

  @Test("a better verdict in the ledger than the certificate's does not verify")
  func verdict() throws {
    let place = try Made.forgotten()
    try place.tamper("UPDATE certificates SET verdict = 'PASS'")
    #expect(try !place.work.verify("v2", reExecute: false).isVerified)
    #expect(!place.audit().isVerified)
  }

  @Test("another recipe than the one that made the bytes is found by running it again")
  func alteredRecipe() throws {
    let place = try Made.trained()
    try commitAgain(place) { recipe in
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
    try commitAgain(place) { recipe in
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

  /// Commits and signs v2: the bytes of v1 with another recipe.
  private func commitAgain(_ place: Place, _ change: (Recipe) -> Recipe) throws {
    try place.store { store in
      let old = try store.version(named: "v1")
      let lineage = Lineage(
        model: "speakers", number: 2, createdAt: "2026-11-22T10:20:00Z", parent: nil,
        origin: .scratch, recipe: change(old.lineage.recipe), extractor: old.lineage.extractor,
        classifier: old.lineage.classifier)
      let entry = try store.commit(
        lineage, weights: old.weights, configuration: old.configuration)
      try place.work.sign(entry, in: store)
    }
  }
}
