import Records

/// The answer to the request in one sentence.
struct Answer {
  let certificate: Certificate
  let context: ReportContext

  var sentence: String {
    switch certificate.judgement.verdict {
    case .pass: pass
    case .warn: warn
    case .fail: fail
    }
  }

  /// The version without its model, such as `v4`.
  var version: String { Names.short(certificate.version.name) }

  private var records: String { Wording.count(certificate.forgetSet.recordCount, "record") }

  private var isRetrainedWithout: Bool {
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
    let reason = certificate.judgement.reasons.first.map(Wording.clause)
    return "\(version) does not meet policy \(certificate.policy.name)"
      + "\(reason.map { ", because \($0)" } ?? ""): \(requestState)\(owed)."
  }

  /// What the version does now on the records to forget, when that was measured.
  private var behaviour: String {
    guard !isRetrainedWithout else {
      return "\(version) was retrained from scratch without this person's \(records)"
    }
    guard let measured = ForgottenAnswers(certificate.evidence) else {
      return "\(version) was made to forget this person's \(records)"
    }
    return "\(version) no longer gives this person's answer on \(measured.changed) of "
      + "\(measured.count) \(measured.records)"
  }

  /// Why that is not enough.
  private var shortfall: String {
    let caps = certificate.judgement.caps
    if caps.contains(where: { $0.contains("representation unchanged") }) {
      return "its feature extractor is unchanged and still holds what it learned from them"
    }
    if let cap = caps.first { return Wording.clause(cap) }
    if certificate.provenance.candidate.extractor != .clear {
      return "its feature extractor still descends from training on them"
    }
    if let reason = certificate.judgement.reasons.first { return Wording.clause(reason) }
    return "not everything that the policy asks for was shown"
  }

  private var requestState: String {
    let request = "request \(certificate.request.id)"
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

/// On how many records the answer to forget is no longer given, as the evidence has it.
struct ForgottenAnswers {
  let changed: Int
  let count: Int
  /// Which records, in words.
  let records: String

  /// Reads the candidate's accuracy on the person's held-out records, or on the forget set.
  init?(_ evidence: Evidence) {
    let candidates = evidence.checks.flatMap(\.measurements).filter {
      $0.role == .candidate && $0.sampleCount > 0 && $0.quantity.lowercased().contains("accuracy")
    }
    let onHeldOut = candidates.first {
      let name = $0.quantity.lowercased()
      return name.contains("held-out") && (name.contains("person") || name.contains("forgotten"))
    }
    let onForget = candidates.first { $0.quantity.lowercased().contains("forget set") }
    guard let measurement = onHeldOut ?? onForget, let value = measurement.valuePartsPerMillion
    else { return nil }
    count = measurement.sampleCount
    changed = count - Number.scaled(value, of: 1_000_000, along: count)
    records = onHeldOut != nil ? "held-out records" : "records to be forgotten"
  }
}
