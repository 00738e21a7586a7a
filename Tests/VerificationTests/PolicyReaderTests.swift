import FoundationEssentials
import Records
import Testing

@testable import Verification

@Suite struct PolicyReaderTests {
  static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Policies/gdpr-art17.json")

  static func text() throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  static func policy() throws -> Policy {
    try PolicyReader.read(Array(text().utf8), name: "gdpr-art17.json")
  }

  @Test("the default policy is read, names every check and demands what DESIGN says")
  func defaultPolicy() throws {
    let policy = try Self.policy()
    #expect(policy.floor == .warn && policy.goal == .pass && policy.referenceCount == 2)
    #expect(policy.ladder.map(\.method) == ["imu", "imu", "retrain"])
    #expect(policy.ladder[0].choices == ["scope": "classifier"])
    #expect(Set(policy.checks.keys) == Set(Checks.all.map(\.id)))
    #expect(policy.checks["utility-test"]?.isMandatory == true)
  }

  @Test(
    "what a policy cannot mean is refused by name",
    arguments: [
      ("\"utility-test\"", "\"utility-tset\"", "no check 'utility-tset'"),
      ("passExcessPartsPerMillion", "passExces", "no threshold 'passExces'"),
      (
        "\"passExcessPartsPerMillion\": 20000,", "", "'passExcessPartsPerMillion' is missing"
      ),
      ("\"passRatioPartsPerMillion\": 1500000", "\"passRatioPartsPerMillion\": -1", "is -1"),
      (
        "\"passExcessPartsPerMillion\": 20000", "\"passExcessPartsPerMillion\": 50000",
        "above 'warnExcessPartsPerMillion' 40000"
      ),
      ("\"floor\": \"WARN\"", "\"floor\": \"FAIL\"", "floor FAIL"),
      ("\"goal\": \"PASS\"", "\"goal\": \"FAIL\"", "below floor"),
      ("\"goal\": \"PASS\"", "\"goal\": \"GREEN\"", "goal"),
      ("\"goal\"", "\"gaol\"", "no member 'gaol'"),
      ("\"choices\"", "\"choice\"", "no member 'choice'"),
      ("\"referenceCount\": 2", "\"referenceCount\": 99", "referenceCount 99"),
      ("\"method\": \"retrain\"", "\"method\": \"\"", "ladder"),
      (
        "\"legacy-mia\": { \"isMandatory\": false", "\"legacy-mia\": { \"isMandatory\": true",
        "cannot be mandatory"
      ),
      ("{\n  \"name\"", "{\n  \"name\": \"a\", \"name\"", "duplicate name"),
    ])
  func refused(find: String, replace: String, expected: String) throws {
    let original = try Self.text()
    let text = original.replacing(find, with: replace)
    #expect(text != original)
    let error = #expect(throws: VerificationError.self) {
      try PolicyReader.read(Array(text.utf8), name: "mine.json")
    }
    let description = error?.description ?? ""
    #expect(description.contains("mine.json"), "\(description)")
    #expect(description.contains(expected), "\(description)")
  }

  @Test(
    "a policy without a mandatory check of utility, or of forgetting, is refused",
    arguments: [
      (["utility-test", "utility-retain"], "no mandatory check of utility"),
      (["forget-accuracy", "population-membership"], "no mandatory check of forgetting"),
    ])
  func asksTooLittle(ids: [String], expected: String) throws {
    let policy = try Self.policy()
    let checks = policy.checks.mapValues { $0 }.merging(
      ids.map {
        ($0, CheckPolicy(isMandatory: false, thresholds: policy.checks[$0]?.thresholds ?? [:]))
      }
    ) { $1 }
    let weak = Policy(
      name: "weak", title: "", floor: .warn, goal: .pass, ladder: policy.ladder,
      referenceCount: 0, checks: checks)
    let error = #expect(throws: VerificationError.self) { try PolicyReader.validate(weak) }
    #expect(error?.description.contains(expected) == true)
  }

  @Test("every cut and every changed byte is read or refused, never worse")
  func mutation() throws {
    let bytes = Array(try Self.text().utf8)
    for end in stride(from: 0, to: bytes.count - 1, by: 17) {
      #expect(throws: VerificationError.self) {
        try PolicyReader.read(Array(bytes[..<end]), name: "cut")
      }
    }
    var refused = 0
    let places = Array(stride(from: 0, to: bytes.count, by: 5))
    for index in places {
      var changed = bytes
      changed[index] ^= UInt8(1 << (index / 5 % 8))
      do {
        try PolicyReader.validate(try PolicyReader.read(changed, name: "changed"))
      } catch {
        refused += 1
      }
    }
    #expect(refused > places.count / 2)
  }
}
