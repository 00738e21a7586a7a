import Records
import Testing

@testable import Reports

@Suite("What a report says")
struct ContentTests {
  @Test(
    "every check, every sentence of what was not assessed, every cap and reason is there",
    arguments: Sample.reports)
  func complete(report: Report) {
    let certificate = report.certificate
    let markdown = report.markdown
    let html = Tags.text(report.html[...])
    for check in certificate.evidence.checks {
      #expect(markdown.contains(MarkdownRenderer.escaped(check.title)))
      #expect(html.contains(check.title))
      #expect(html.contains(Wording.sentence(check.finding)))
      #expect(markdown.contains(MarkdownRenderer.escaped(Wording.sentence(check.finding))))
    }
    let judgement = certificate.judgement
    for sentence in certificate.notAssessed + judgement.caps + judgement.reasons {
      #expect(html.contains(sentence), "\(sentence)")
      #expect(markdown.contains(MarkdownRenderer.escaped(sentence)), "\(sentence)")
    }
    for digest in [
      certificate.parent.digest, certificate.version.weights, certificate.policy.digest,
    ] {
      #expect(html.contains(digest.hex) && markdown.contains(digest.hex))
    }
  }

  @Test("where the sealed part cannot be read, the case number stands for the request")
  func sealed() {
    let context = Sample.context(requestID: nil, approvedBy: nil, subject: nil)
    let report = Report(certificate: Sample.certificate(), context: context)
    #expect(report.answer.contains(": case 5f0c1e9a77b2d348 is mitigated, not closed"))
    let html = Tags.text(report.html[...])
    for text in [report.markdown, html] {
      #expect(text.contains("Unlearning report case 5f0c1e9a77b2d348"))
      #expect(text.contains("sealed or erased"))
      #expect(!text.contains("A. Meier") && !text.contains("pid=1"))
    }
  }

  @Test("what people chose stands beside the certificate, never in it")
  func people() {
    let signed = String(decoding: CanonicalText.encode(Sample.certificate()), as: UTF8.self)
    for text in ["DSR-2026-001", "A. Meier", "pid=1"] {
      #expect(Sample.reports[0].markdown.contains(MarkdownRenderer.escaped(text)))
      #expect(!signed.contains(text))
    }
  }

  @Test("under a policy that nobody allowed, title, headline and section say so")
  func notAllowed() {
    let certificate = Sample.certificate(Sample.passed, state: .approved, isAllowed: false)
    let report = Report(certificate: certificate, context: Sample.context())
    let sentence =
      "Explored only, under policy gdpr-art17, which nobody allowed; it mitigates and closes "
      + "nothing. v5 was retrained from scratch"
    #expect(report.answer.hasPrefix(sentence))
    let html = Tags.text(report.html[...])
    for text in [report.markdown, html] {
      #expect(text.contains("explored only under a policy that nobody allowed"))
      #expect(text.contains("nothing does: nobody allowed this policy"))
      #expect(!text.contains("WARN or better"))
    }
    for report in Sample.reports { #expect(!report.markdown.contains("nobody allowed")) }
  }

  @Test("every constant of every recipe stands as it was signed")
  func constants() {
    let report = Sample.reports[1]
    for rung in report.certificate.rungs {
      for (name, value) in rung.recipe.constants {
        #expect(report.markdown.contains("`\(name) = \(value)`"))
      }
    }
    #expect(report.html.contains("learningRatePartsPerBillion = 3000000"))
    #expect(report.html.contains("0.003"))
  }

  @Test("sections come in the order in which an officer needs them", arguments: Sample.reports)
  func order(report: Report) {
    let headings = report.markdown.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(
      headings == [
        "## Request and deadlines", "## Versions and lineage", "## What was done", "## Evidence",
        "## Figures", "## Caps and reasons", "## What was not assessed", "## Data access",
        "## How to verify", "## Glossary",
      ])
  }

  @Test("an alias that stayed is said to have stayed, and why")
  func alias() {
    #expect(Sample.reports[0].markdown.contains("`production` moved from v3 to **v4**"))
    #expect(
      Sample.reports[2].markdown.contains(
        "`production` was not moved and points to **v3**: the verdict is under the floor."))
  }

  @Test("figures carry intervals, counts and every reference")
  func evidenceRow() {
    let row =
      "| accuracy on other people's test records | **97.6\u{A0}%**<br>95.4–99.0\u{A0}% | "
      + "**97.9\u{A0}%**<br>95.7–99.2\u{A0}% | "
      + "**97.6\u{A0}%**<br>95.4–99.0\u{A0}%<br>**97.1\u{A0}%**<br>94.6–98.6\u{A0}% | 339 |"
    #expect(Sample.reports[0].markdown.contains(row))
  }

  @Test("an unmeasured figure is a dash")
  func missing() {
    let check = CheckResult(
      id: "x", title: "X", status: .notAssessed, isMandatory: false, finding: "nothing at hand",
      thresholds: [:], measurements: [Sample.measured("AUC", .candidate, 0, nil)])
    let evidence = Evidence(checks: [check], classes: [], distributions: [], tensors: [])
    let report = Report(
      certificate: Sample.certificate(evidence: evidence), context: Sample.context())
    #expect(report.markdown.contains("| AUC | – | – | – | 0 |"))
  }

  @Test("the same values give the same bytes", arguments: Sample.reports)
  func deterministic(report: Report) {
    let again = Report(certificate: report.certificate, context: report.context)
    #expect(Array(report.html.utf8) == Array(again.html.utf8))
    #expect(Array(report.markdown.utf8) == Array(again.markdown.utf8))
  }

  @Test("a certificate with nothing in it still makes a report")
  func empty() {
    let evidence = Evidence(checks: [], classes: [], distributions: [], tensors: [])
    let certificate = Sample.certificate(
      Judgement(verdict: .fail, caps: [], reasons: []), notAssessed: [], evidence: evidence,
      rungs: [])
    let context = ReportContext(
      requestID: "", approvedBy: "", subject: "",
      files: AuditorFiles(publisherKey: "", modelDirectory: ""))
    let report = Report(certificate: certificate, context: context)
    #expect(Tags.fault(report.html) == nil)
    #expect(report.markdown.contains("The certificate lists nothing that was left out."))
  }
}
