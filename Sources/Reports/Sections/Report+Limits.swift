import Records

extension Report {
  /// Why the verdict is what it is and cannot be better.
  var reasonsSection: Section {
    let judgement = certificate.judgement
    let policy = certificate.policy
    var blocks: [Block] = [
      .facts([
        Fact(name: "Verdict", value: .status(judgement.verdict)),
        Fact(name: "Policy", value: "\(strong: policy.name)"),
        Fact(name: "SHA-256 of the policy file", value: .digest(policy.digest)),
        Fact(
          name: "Mitigates the request",
          value: policy.isAllowed ? "\(policy.floor.rawValue) or better" : Self.notAllowed),
        Fact(
          name: "Closes the request",
          value: policy.isAllowed ? "\(policy.goal.rawValue)" : Self.notAllowed),
      ])
    ]
    if !judgement.caps.isEmpty {
      blocks.append(.heading("What caps the verdict"))
      blocks.append(.list(judgement.caps.map { Phrase($0) }))
    }
    blocks.append(.heading("What decided it"))
    blocks.append(
      judgement.reasons.isEmpty
        ? .paragraph("The certificate gives no further reason.")
        : .list(judgement.reasons.map { Phrase($0) }))
    return Section(id: "reasons", title: "Caps and reasons", blocks: blocks)
  }

  private static let notAllowed: Phrase =
    "nothing does: nobody allowed this policy when the run began, so that the run only explored"

  /// What nobody looked at.
  var notAssessedSection: Section {
    let missing = certificate.notAssessed
    return Section(
      id: "not-assessed", title: "What was not assessed",
      blocks: [
        missing.isEmpty
          ? .paragraph("The certificate lists nothing that was left out.")
          : .list(missing.map { Phrase($0) })
      ] + checksWithoutResult + [
        .paragraph(
          "This report gives measurements and what a policy makes of them. It is not a legal determination, and it speaks of this version's bytes only: fine-tuning, merging or quantising them needs a new assessment."
        )
      ])
  }

  /// Checks that were not made, or could not tell.
  private var checksWithoutResult: [Block] {
    let checks = certificate.evidence.checks.filter {
      $0.status == .notAssessed || $0.status == .inconclusive
    }
    guard !checks.isEmpty else { return [] }
    return [
      .heading("Checks without a result"),
      .list(
        checks.map {
          "\(strong: $0.title) \(.status($0.status)): \(Wording.sentence($0.finding))"
        }),
    ]
  }

  /// Which records the method and the judge read.
  var dataAccessSection: Section {
    let provenance = certificate.provenance
    let covered =
      "\(Number.grouped(provenance.coveredRecords)) of \(Number.grouped(provenance.requestedRecords))"
    return Section(
      id: "data-access", title: "Data access",
      blocks: [
        .facts([
          Fact(
            name: "Records that stay",
            value: provenance.usesRetainSet
              ? "read by the method that made this version"
              : "not read by the method that made this version"),
          Fact(name: "Requested records covered", value: Phrase(covered)),
          Fact(name: "Weights started from", value: Phrase(origin(provenance.origin))),
          Fact(
            name: "Constants tuned on these figures",
            value: provenance.isTunedOnEvidence
              ? "yes, which caps the verdict" : "no"),
        ]),
        .table(datasetTable),
      ])
  }

  private func origin(_ origin: Origin) -> String {
    switch origin {
    case .scratch: "a seeded initialisation; nothing of the old version is in it"
    case .parent: "the old version's weights"
    case .imported: "a file from outside"
    }
  }

  private var datasetTable: Table {
    Table(
      "Data sets the forget set was drawn from",
      columns: [.init("Data set"), .init("Root of its tree of salted records")],
      rows: certificate.forgetSet.datasets.sorted { $0.key < $1.key }.map {
        [Phrase($0.key), .digest($0.value)]
      })
  }
}
