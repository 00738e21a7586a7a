import Records

extension Report {
  /// What the report says, in order: the answer, the facts, and each section once.
  var document: Document {
    let answer = Answer(certificate: certificate, context: context)
    return Document(
      title: "Unlearning report \(certificate.request.id) – \(answer.version)",
      verdict: certificate.judgement.verdict,
      answer: answer.sentence,
      facts: [
        Fact(name: "Request", value: "\(strong: certificate.request.id)"),
        Fact(name: "State", value: "\(certificate.request.state.rawValue)"),
        Fact(name: "Deadline", value: "\(certificate.request.deadline)"),
        Fact(name: "New version", value: "\(certificate.version.name)"),
        Fact(name: "Policy", value: "\(certificate.policy.name)"),
        Fact(name: "Issued", value: "\(issued)"),
      ],
      sections: [
        requestSection, versionsSection, methodSection, evidenceSection, figuresSection,
        reasonsSection, notAssessedSection, dataAccessSection, verificationSection,
        glossarySection,
      ])
  }

  /// `2026-11-22T10:04:31Z` → `2026-11-22 10:04 UTC`; any other form as it is.
  private var issued: String {
    let text = certificate.issuedAt
    guard text.utf8.count >= 17, text.hasSuffix("Z"), CalendarDate(String(text.prefix(10))) != nil,
      text.dropFirst(10).hasPrefix("T")
    else { return text }
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }
}
