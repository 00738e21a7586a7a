import Records

extension Report {
  /// Who asked, since when, what is owed by when, and what was certified before.
  var requestSection: Section {
    let request = certificate.request
    var blocks: [Block] = [
      .facts([
        Fact(
          name: "Request",
          value: context.requestID.map { "\(strong: $0) (not in the certificate)" } ?? Self.sealed),
        Fact(name: "Case in the log", value: .code(request.case)),
        Fact(
          name: "Subject",
          value: context.subject.map { "\(code: $0) (not in the certificate)" }
            ?? "sealed or erased"),
        Fact(name: "Received", value: "\(request.receivedOn)"),
        Fact(name: "Legal deadline", value: "\(request.deadline) (GDPR Article 12(3))"),
        Fact(name: "Approved by", value: approvedBy),
        Fact(
          name: "State after this certificate",
          value: "\(strong: request.state.rawValue)"),
        Fact(
          name: "Records to forget",
          value: "\(Wording.count(certificate.forgetSet.recordCount, "training record"))"),
        Fact(name: "Commitment to the request", value: .digest(request.commitment)),
        Fact(name: "Salted forget manifest", value: .digest(certificate.forgetSet.saltedDigest)),
      ])
    ]
    blocks.append(.heading("Owed"))
    blocks.append(
      context.owed.isEmpty
        ? .paragraph(nothingOwed)
        : .list(context.owed.map { "\($0.task): by \(strong: "\($0.by)")" }))
    if !context.earlierCertificates.isEmpty {
      blocks.append(.heading("Certificates issued before for this request"))
      blocks.append(.table(earlierCertificates))
    }
    return Section(id: "request", title: "Request and deadlines", blocks: blocks)
  }

  private static let sealed: Phrase = "sealed"

  /// Who approved; a dash where it could be read that nobody did.
  private var approvedBy: Phrase {
    if let person = context.approvedBy { return "\(person) (not in the certificate)" }
    return context.requestID == nil ? Self.sealed : .missing
  }

  private var nothingOwed: Phrase {
    switch certificate.request.state {
    case .closed, .refused: "Nothing more is owed under this request."
    case .received, .approved, .mitigated:
      "The request is still open; the registry lists no further task. Its deadline is \(certificate.request.deadline)."
    }
  }

  private var earlierCertificates: Table {
    Table(
      "Earlier certificates",
      columns: [.init("Issued"), .init("Version"), .init("Verdict"), .init("SHA-256")],
      rows: context.earlierCertificates.map {
        ["\($0.issuedAt)", "\($0.version)", .status($0.verdict), .digest($0.digest)]
      })
  }
}
