import Records

/// The answer to the request in one sentence, after one of warning where the policy has no say.
struct Answer {
  let certificate: Certificate
  let context: ReportContext

  var sentence: String { explored + result }

  /// What a policy that nobody allowed comes to; nothing otherwise.
  private var explored: String {
    let policy = certificate.policy
    return policy.isAllowed
      ? ""
      : "Explored only, under policy \(policy.name), which nobody allowed; it mitigates and closes nothing. "
  }

  private var result: String {
    switch certificate.judgement.verdict {
    case .pass: pass
    case .warn: warn
    case .fail: fail
    }
  }

  /// The version without its model, such as `v4`.
  var version: String { Names.short(certificate.version.name) }

  private var records: String { Wording.count(certificate.forgetSet.recordCount, "record") }

  /// Whether nothing of the person was ever in reach of the version.
  var isRetrainedWithout: Bool {
    certificate.provenance.origin == .scratch && certificate.provenance.candidate.overall == .clear
  }

  private var pass: String {
    let policy = certificate.policy.name
    let what =
      isRetrainedWithout
      ? "\(version) was retrained from scratch without this person's \(records) and meets policy \(policy)"
      : "\(version) meets policy \(policy) on having forgotten this person's \(records)"
    return "\(what): \(requestState)."
  }

  private var warn: String { "\(behaviour), but \(shortfall): \(requestState)\(owed)." }

  private var fail: String {
    let failed = certificate.evidence.checks.filter { $0.isMandatory && $0.status == .fail }
    let reason = certificate.judgement.reasons.first.map(Wording.firstClause)
    let what =
      failed.isEmpty
      ? reason.map { ", because \($0)" } ?? "" : " on \(Self.titles(failed))"
    return "\(version) does not meet policy \(certificate.policy.name)\(what): "
      + "\(requestState)\(owed)."
  }

  private static func titles(_ checks: [CheckResult]) -> String {
    checks.map { "“\(Wording.clause($0.title))”" }.joined(separator: " and ")
  }

  /// What the version does now on the records to forget, when that was measured.
  private var behaviour: String {
    guard !isRetrainedWithout else {
      return "\(version) was retrained from scratch without this person's \(records)"
    }
    guard let measured = ForgottenAnswers(certificate.evidence) else {
      return "\(version) was made to forget this person's \(records)"
    }
    return "\(version) \(measured.clause)"
  }

  /// Why that is not enough.
  private var shortfall: String {
    let caps = certificate.judgement.caps
    if caps.contains(where: { $0.contains("representation unchanged") }) {
      return "its feature extractor is unchanged and still holds what it learned from them"
    }
    if let cap = caps.first { return Wording.firstClause(cap) }
    if certificate.provenance.candidate.extractor != .clear {
      return "its feature extractor still descends from training on them"
    }
    let unmet = certificate.evidence.checks.filter { $0.isMandatory && $0.status != .pass }
    if !unmet.isEmpty { return "\(Self.titles(unmet)) did not pass" }
    return "not everything that the policy asks for was shown"
  }

  private var requestState: String {
    let request = context.requestID.map { "request \($0)" } ?? "case \(certificate.request.case)"
    return switch certificate.request.state {
    case .closed: "\(request) is closed"
    case .mitigated: "\(request) is mitigated, not closed"
    case .approved: "\(request) stays approved and open"
    case .received: "\(request) stays received and open"
    case .refused: "\(request) is refused"
    }
  }

  /// What is still owed, and whether it was overdue when the certificate was issued.
  private var owed: String {
    switch certificate.request.state {
    case .closed, .refused: return ""
    case .approved, .received, .mitigated: break
    }
    let due =
      context.owed.first ?? Obligation(task: "closing it", by: certificate.request.deadline)
    let verb = isOverdue(due.by) ? "was owed by \(due.by) and is overdue" : "is owed by \(due.by)"
    return "; \(Wording.clause(due.task)) \(verb)"
  }

  private func isOverdue(_ date: CalendarDate) -> Bool {
    guard let issued = CalendarDate(String(certificate.issuedAt.prefix(10))) else { return false }
    return issued > date
  }
}

/// How often the answer to forget is still given, as the evidence has it.
struct ForgottenAnswers {
  /// How many records still get the answer, of the candidate and of the original.
  let after: Int
  let before: Int?
  let count: Int
  /// Which records, in words.
  let records: String

  /// Reads the accuracies on the person's held-out records, or else on the forget set.
  init?(_ evidence: Evidence) {
    let all = evidence.checks.flatMap(\.measurements).filter {
      $0.sampleCount > 0 && $0.quantity.hasPrefix("accuracy on ")
        && !$0.quantity.contains(" above ")
    }
    let heldOut = all.filter {
      $0.quantity.contains("held-out") && $0.quantity.contains("person")
    }
    let chosen = heldOut.isEmpty ? all.filter { $0.quantity.contains("forget set") } : heldOut
    func answers(_ role: Role, of count: Int?) -> (given: Int, count: Int)? {
      guard
        let figure = chosen.first(where: {
          $0.role == role && (count == nil || $0.sampleCount == count)
        }), let value = figure.valuePartsPerMillion
      else { return nil }
      let given = Number.scaled(value, of: 1_000_000, along: figure.sampleCount)
      return (given, figure.sampleCount)
    }
    guard let candidate = answers(.candidate, of: nil) else { return nil }
    after = candidate.given
    count = candidate.count
    before = answers(.original, of: candidate.count)?.given
    records = heldOut.isEmpty ? "records to be forgotten" : "held-out records"
  }

  /// Says «no longer» only where every answer was given before.
  var clause: String {
    if before == count, after < count {
      return "no longer gives this person's answer on \(count - after) of \(count) \(records)"
    }
    let earlier = before.map { " (\($0) before)" } ?? ""
    return "gives this person's answer on \(after) of \(count) \(records)\(earlier)"
  }
}
