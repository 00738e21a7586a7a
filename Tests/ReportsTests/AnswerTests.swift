import Records
import Testing

@testable import Reports

@Suite("The answer")
struct AnswerTests {
  @Test("WARN says what is gone, what is left, that the request is not closed and what is owed")
  func warn() {
    let report = Report(certificate: Sample.certificate(), context: Sample.context())
    #expect(
      report.answer
        == "v4 no longer gives this person's answer on 31 of 31 held-out records, but its feature "
        + "extractor is unchanged and still holds what it learned from them: request DSR-2026-001 "
        + "is mitigated, not closed; retraining without the person is owed by 2026-12-22.")
  }

  @Test("PASS by retraining says so and closes the request")
  func pass() {
    let report = Report(
      certificate: Sample.certificate(Sample.passed), context: Sample.context(isPass: true))
    #expect(
      report.answer
        == "v5 was retrained from scratch without this person's 30 records and meets policy "
        + "gdpr-art17: request DSR-2026-001 is closed.")
  }

  @Test("PASS never claims retraining for a version that started from its parent's weights")
  func passWithoutRetraining() {
    let warned = Sample.certificate()
    let certificate = Sample.changed(warned, judgement: Sample.passed, state: .closed)
    let answer = Report(certificate: certificate, context: Sample.context()).answer
    #expect(!answer.contains("retrained"))
    #expect(answer.hasSuffix("request DSR-2026-001 is closed."))
  }

  @Test("FAIL names its reason and leaves the request open")
  func fail() {
    let report = Report(
      certificate: Sample.certificate(Sample.failed), context: Sample.context(moved: false))
    #expect(
      report.answer
        == "v4 does not meet policy gdpr-art17, because accuracy on the other speakers fell by "
        + "more than 10.0 points: request DSR-2026-001 stays approved and open; retraining "
        + "without the person is owed by 2026-12-22.")
  }

  @Test("what is owed after its day is called overdue")
  func overdue() {
    let certificate = Sample.certificate(issuedAt: "2026-12-23T00:00:00Z")
    let answer = Report(certificate: certificate, context: Sample.context(owed: [])).answer
    #expect(answer.hasSuffix("closing it was owed by 2026-12-22 and is overdue."))
    let onTheDay = Sample.certificate(issuedAt: "2026-12-22T23:59:59Z")
    let punctual = Report(certificate: onTheDay, context: Sample.context(owed: [])).answer
    #expect(punctual.hasSuffix("closing it is owed by 2026-12-22."))
  }

  @Test("without a figure on the person's records nothing is said about answers")
  func unmeasured() {
    let evidence = Evidence(
      checks: [Sample.integrity, Sample.utility], classes: [], distributions: [], tensors: [])
    let certificate = Sample.certificate(evidence: evidence)
    let answer = Report(certificate: certificate, context: Sample.context()).answer
    #expect(answer.hasPrefix("v4 was made to forget this person's 30 records, but "))
  }

  @Test("answers that are still given are not counted as forgotten")
  func partial() {
    let check = CheckResult(
      id: "forget-accuracy", title: "t", status: .warn, isMandatory: true, finding: "f",
      thresholds: [:],
      measurements: [Sample.measured("accuracy on the forget set", .candidate, 30, 33_333)])
    let evidence = Evidence(checks: [check], classes: [], distributions: [], tensors: [])
    let answer = Report(
      certificate: Sample.certificate(evidence: evidence), context: Sample.context()
    ).answer
    #expect(
      answer.hasPrefix("v4 gives this person's answer on 1 of 30 records to be forgotten, but "))
  }

  @Test("«no longer» is said only where every answer was given before")
  func noLonger() {
    let figures = [
      Sample.measured("accuracy on held-out records of the person", .candidate, 31, 0),
      Sample.measured("accuracy on held-out records of the person", .original, 31, 903_226),
    ]
    let check = CheckResult(
      id: "forget-accuracy", title: "t", status: .pass, isMandatory: true, finding: "f",
      thresholds: [:], measurements: figures)
    let evidence = Evidence(checks: [check], classes: [], distributions: [], tensors: [])
    let answer = Report(
      certificate: Sample.certificate(evidence: evidence), context: Sample.context()
    ).answer
    #expect(
      answer.hasPrefix(
        "v4 gives this person's answer on 0 of 31 held-out records (28 before), but "))
  }

  @Test("FAIL names the checks that failed")
  func failedChecks() {
    let check = CheckResult(
      id: "utility-test", title: "Accuracy for other people, test records", status: .fail,
      isMandatory: true, finding: "f", thresholds: [:], measurements: [])
    let evidence = Evidence(checks: [check], classes: [], distributions: [], tensors: [])
    let answer = Report(
      certificate: Sample.certificate(Sample.failed, evidence: evidence), context: Sample.context()
    ).answer
    #expect(
      answer.hasPrefix(
        "v4 does not meet policy gdpr-art17 on “Accuracy for other people, test records”: "))
  }

  @Test("both reports open with the verdict's word and the answer", arguments: Sample.reports)
  func answerFirst(report: Report) throws {
    let word = report.certificate.judgement.verdict.rawValue
    #expect(report.markdown.split(separator: "\n")[1] == "**\(word)** – \(report.answer)")
    let html = report.html
    let heading = try #require(html.firstRange(of: "<h1>"))
    let badge = try #require(html.firstRange(of: "</span> \(word)</span>"))
    let section = try #require(html.firstRange(of: "<section"))
    #expect(badge.lowerBound < heading.lowerBound && heading.lowerBound < section.lowerBound)
    #expect(
      Tags.text(html[heading.lowerBound..<section.lowerBound]).contains(
        report.answer.split(separator: " ").first.map(String.init) ?? "none"))
  }
}
