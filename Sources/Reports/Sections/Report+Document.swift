import Records

extension Report {
  /// What the report says, in order: the answer, the facts, and each section once.
  var document: Document {
    let answer = Answer(certificate: certificate, context: context)
    let policy = certificate.policy
    let kind = policy.isAllowed ? "" : ", explored only under a policy that nobody allowed"
    return Document(
      title: "Unlearning report \(requestName) – \(answer.version)\(kind)",
      verdict: certificate.judgement.verdict,
      answer: answer.sentence,
      facts: [
        Fact(name: "Request", value: "\(strong: requestName)"),
        Fact(name: "State", value: "\(certificate.request.state.rawValue)"),
        Fact(name: "Deadline", value: "\(certificate.request.deadline)"),
        Fact(name: "New version", value: "\(certificate.version.name)"),
        Fact(
          name: "Policy",
          value:
            "\(policy.name) \(.digest(policy.digest))\(policy.isAllowed ? "" : ", not allowed")"
        ),
        Fact(name: "Issued", value: "\(issued)"),
      ],
      sections: [
        requestSection, versionsSection, methodSection, evidenceSection, figuresSection,
        reasonsSection, notAssessedSection, dataAccessSection, verificationSection,
        glossarySection,
      ])
  }

  /// The request as people call it, or by its case number where that is sealed.
  var requestName: String { context.requestID ?? "case \(certificate.request.case)" }

  /// `2026-11-22T10:04:31Z` → `2026-11-22 10:04 UTC`; any other form as it is.
  private var issued: String {
    let text = certificate.issuedAt
    guard text.utf8.count >= 17, text.hasSuffix("Z"), CalendarDate(String(text.prefix(10))) != nil,
      text.dropFirst(10).hasPrefix("T")
    else { return text }
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }
}
