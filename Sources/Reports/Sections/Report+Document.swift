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
        Fact(name: "Issued", value: "\(certificate.issuedAt)"),
      ],
      sections: [
        requestSection, versionsSection, methodSection, evidenceSection, figuresSection,
        reasonsSection, notAssessedSection, dataAccessSection, verificationSection,
        glossarySection,
      ])
  }
}
