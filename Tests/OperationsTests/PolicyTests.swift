import Foundation
import Records
import Signing
import Testing

@testable import Operations
@testable import Registry

@Suite("Policies by digest")
struct PolicyTests {
  @Test("one of the same name that nobody allowed explores only, and all papers say so")
  func exploring() throws {
    let place = try Made.trained()
    _ = try place.policy()
    let lax = try place.policy(ladder: #"{"method":"retrain"}"#, isAllowed: false)
    let outcome = try place.forget("v1") { ($0.policyPath, $0.target) = (lax, .pass) }
    #expect(outcome.ending == .certified && outcome.verdict == .pass && !outcome.meetsFloor)
    #expect(outcome.exploresOnly && outcome.state == .approved && outcome.movedAliases == [])
    #expect(outcome.sentence.hasPrefix("Explored only, under policy small, which nobody allowed"))
    #expect(outcome.exposure.overall == .clear)
    #expect(place.notices.contains { $0.contains("explores only") })
    #expect(try place.aliased() == "v1" && place.work.request("R-1").state == .approved)
    #expect(try place.exposure(of: "v1") == .exposed)
    let certificate = try place.certificate()
    #expect(certificate.policy.name == "small" && !certificate.policy.isAllowed)
    #expect(certificate.request.state == .approved)
    let verified = try place.work.verify("v2", reExecute: true)
    #expect(verified.isVerified)
    #expect(verified.findings.contains { $0.message.contains("mitigates nothing") })
    #expect(
      try place.work.request("R-1").history.contains { $0.hasSuffix("which mitigates nothing") })
    #expect(place.audit() == (true, ""))

    // What was found before it was allowed stays without effect; what is found now has one.
    _ = try place.work.allowPolicy(lax)
    #expect(try place.work.request("R-1").state == .approved)
    let again = try place.forget("v1") { ($0.policyPath, $0.target) = (lax, .pass) }
    #expect(again.meetsFloor && again.state == .closed && again.movedAliases == ["production"])
    #expect(try place.certificate().policy.isAllowed)
    #expect(try place.entry("v3").weights == place.entry("v2").weights)
    #expect(place.audit() == (true, ""))
  }

  @Test("retraining leaves nothing of a person even where the policy may not say so")
  func exploredLineage() throws {
    let place = try Made.trained()
    let path = try place.policy(ladder: #"{"method":"retrain"}"#, isAllowed: false)
    try place.forget("v1") { ($0.policyPath, $0.target) = (path, .pass) }
    // By its own lineage, not by the certificate.
    #expect(try place.exposure(of: "v2") == .clear)
  }

  @Test("are allowed once, listed, and withdrawn by name or digest; what they did stays")
  func verbs() throws {
    let place = try Made.trained()
    let embedded = try #require(try place.work.policies().first)
    #expect(try embedded.name == "gdpr-art17" && embedded.digest == NamedPolicy.embedded().digest)
    let path = try place.policy(isAllowed: false)
    let digest = try SHA256.digest(ofFile: path)
    let allowed = try place.work.allowPolicy(path)
    #expect(allowed.name == "small" && allowed.digest == digest && allowed.floor == .warn)
    let events = try place.events().count
    #expect(try place.work.allowPolicy(path) == allowed && place.events().count == events)
    #expect(try place.work.policies() == [embedded, allowed])

    try place.forget("v1")
    #expect(try place.work.withdrawPolicy("small") == allowed)
    #expect(try place.work.policies() == [embedded])
    #expect(try place.work.request("R-1").state == .mitigated && place.aliased() == "v2")
    #expect(
      failure { _ = try place.work.withdrawPolicy("small") }?.message
        == "no policy that is allowed is called 'small'")
    #expect(place.audit() == (true, ""))

    let other = try place.work.allowPolicy(place.policy(floor: "PASS", isAllowed: false))
    _ = try place.work.allowPolicy(path)
    let unclear = failure { _ = try place.work.withdrawPolicy("small") }
    #expect(unclear?.hint?.contains("digest") == true)
    #expect(try place.work.withdrawPolicy("sha256:\(other.digest.hex.prefix(10))") == other)
    #expect(try place.work.policies().map(\.digest) == [embedded.digest, digest])
    let short = failure { _ = try place.work.withdrawPolicy(String(digest.hex.prefix(7))) }
    #expect(short?.hint?.contains("8 digits or more") == true)
    #expect(place.audit() == (true, ""))
  }

  @Test("the bytes of one that was withdrawn unused are the log's all the same")
  func withdrawnUnused() throws {
    let place = try Place()
    _ = try place.policy()
    _ = try place.work.withdrawPolicy("small")
    #expect(place.audit() == (true, ""))
    #expect(try place.store { try $0.uncommittedFiles() } == [])
  }

  @Test("with a name that is none, or that cannot be read, none is allowed")
  func malformed() throws {
    let place = try Place()
    let text = String(
      decoding: try Data(contentsOf: URL(filePath: place.policy(isAllowed: false))), as: UTF8.self)
    try place.write(
      "odd.json", Array(text.replacing("\"name\":\"small\"", with: "\"name\":\"a b\"").utf8))
    let events = try place.events().count
    #expect(
      failure { _ = try place.work.allowPolicy(place.path("odd.json")) }?.message.contains("'a b'")
        == true)
    #expect(failure { _ = try place.work.allowPolicy("/nowhere.json") } != nil)
    #expect(try place.events().count == events)
  }
}
