import Records

extension Check {
  /// Whether an attacker can tell the forget set from records of the same person that were never
  /// trained on.
  ///
  /// One signal, φ, fixed before looking, so that no choice among attacks needs a correction. With
  /// references the area is compared with theirs on the same records (paired DeLong), because
  /// training and held-out recordings may differ by themselves; without, with ½. Two-sided: records
  /// that stand out as unusually unlikely give the person away as well. By power (algorithms F),
  /// small forget sets cannot pass; they can fail.
  static let populationMembership = Check(
    id: "population-membership", title: "Membership inference, population attack",
    purpose: .forgetting,
    bounds: [
      Bound(
        "passAreaDifferencePartsPerMillion", 0...500_000,
        notAbove: "warnAreaDifferencePartsPerMillion"),
      Bound("warnAreaDifferencePartsPerMillion", 0...500_000),
      Bound("contradictionAreaDifferencePartsPerMillion", 0...500_000),
      Bound(
        "passTruePositiveRatePartsPerMillion", 0...1_000_000,
        notAbove: "warnTruePositiveRatePartsPerMillion"),
      Bound("warnTruePositiveRatePartsPerMillion", 0...1_000_000),
      Bound(
        "warnMinimumForgetRecords", 1...1_000_000_000, notAbove: "passMinimumForgetRecords"),
      Bound("passMinimumForgetRecords", 1...1_000_000_000),
      Bound("passMinimumHeldOutRecords", 1...1_000_000_000),
    ]
  ) { observations, thresholds in
    guard !observations.nonMemberSignals(of: observations.original).isEmpty else {
      return Outcome(
        status: .notAssessed,
        finding: "There are no held-out records to compare the forget set with.",
        measurements: [])
    }
    return MembershipAttack(observations).outcome(thresholds)
  }
}

/// The attack on every model, over the same records.
private struct MembershipAttack {
  let observations: Observations
  let candidate: AreaUnderROC
  let references: [AreaUnderROC]
  /// Candidate minus reference, or minus ½, one for each reference.
  let differences: [Interval]

  init(_ observations: Observations) {
    func area(_ model: ModelPredictions) -> AreaUnderROC {
      AreaUnderROC(
        members: model.forget.signals, nonMembers: observations.nonMemberSignals(of: model))
    }
    self.observations = observations
    let candidate = area(observations.candidate)
    self.candidate = candidate
    references = observations.references.map(area)
    differences =
      references.isEmpty
      ? [candidate.interval().shifted(by: -0.5)]
      : references.map { PairedAreaDifference(candidate, $0).interval() }
  }

  private var members: Int { candidate.memberPlacements.count }
  private var nonMembers: Int { candidate.nonMemberPlacements.count }

  func outcome(_ thresholds: Thresholds) -> Outcome {
    let status = status(thresholds)
    let compared =
      references.isEmpty
      ? "0.5 would be chance"
      : "the retrained reference has \(Phrase.decimal(references[0].value, places: 2))"
    let interval = candidate.interval()
    let records =
      observations.nonMembersArePersons ? Phrase.heldOut : "test records with the same labels"
    let area = Phrase.decimal(candidate.value, places: 2)
    let low = Phrase.decimal(interval.low, places: 2)
    let high = Phrase.decimal(interval.high, places: 2)
    return Outcome(
      status: status,
      finding:
        "An attacker separates \(members) forget records from \(nonMembers) \(records) with an area "
        + "under the curve of \(area) (\(low) to \(high)), where \(compared)\(ending(status)).",
      measurements: measurements())
  }

  private func ending(_ status: CheckStatus) -> String {
    switch status {
    case .pass: ""
    case .warn: ": close to it, not closer than the policy asks"
    case .fail: ": the forget set can be told"
    case .inconclusive, .notAssessed:
      ": too few records, or too wide an interval, to say that it cannot be told"
    }
  }

  private func status(_ thresholds: Thresholds) -> CheckStatus {
    guard let hull = Interval.hull(differences) else { return .notAssessed }
    if observations.isExact && !references.isEmpty {
      // Two retrained models differ by their seeds, which no interval over records covers: only an
      // area far above theirs contradicts the provenance.
      if hull.low > thresholds.share("contradictionAreaDifferencePartsPerMillion") { return .fail }
    }
    let band = Band(
      pass: thresholds.share("passAreaDifferencePartsPerMillion"),
      warn: thresholds.share("warnAreaDifferencePartsPerMillion"), isTwoSided: true)
    let area = band.status(of: hull, isStrict: false)
    let rate = rateStatus(thresholds)
    let measured = CheckStatus.worst([area] + (rate.map { [$0] } ?? []))
    if measured == .fail {
      return observations.isExact && !references.isEmpty ? .inconclusive : .fail
    }
    if members < thresholds.count("warnMinimumForgetRecords") { return .inconclusive }
    let mayPass =
      members >= thresholds.count("passMinimumForgetRecords")
      && nonMembers >= thresholds.count("passMinimumHeldOutRecords")
    return mayPass ? measured : measured.capped(at: .warn)
  }

  /// Of the rate at 1 % false alarms, where the records suffice; the references' own excess over
  /// 1 % is granted.
  private func rateStatus(_ thresholds: Thresholds) -> CheckStatus? {
    guard let rate = rate(observations.candidate, 0.01) else { return nil }
    let granted = observations.references.compactMap { self.rate($0, 0.01)?.value }.max() ?? 0
    let allowance = max(0, granted - 0.01)
    return Band(
      pass: thresholds.share("passTruePositiveRatePartsPerMillion") + allowance,
      warn: thresholds.share("warnTruePositiveRatePartsPerMillion") + allowance,
      isTwoSided: false
    ).status(of: rate.interval(), isStrict: false)
  }

  private func rate(_ model: ModelPredictions, _ falsePositiveRate: Double) -> TruePositiveRate? {
    TruePositiveRate(
      members: model.forget.signals, nonMembers: observations.nonMemberSignals(of: model),
      falsePositiveRate: falsePositiveRate)
  }

  private func measurements() -> [Measurement] {
    var models: [(ModelPredictions, Role, String)] = [
      (observations.candidate, .candidate, ""), (observations.original, .original, ""),
    ]
    models += observations.references.enumerated().map { ($1, .reference, Phrase.reference($0)) }
    var list = models.flatMap { model, role, suffix in
      let area = AreaUnderROC(
        members: model.forget.signals, nonMembers: observations.nonMemberSignals(of: model))
      return [
        Measurement.share(
          "area under the curve, forget set against held-out records\(suffix)", role,
          members + nonMembers, area.value, area.interval(), "DeLong on the logit scale, 95 %")
      ] + rates(model, role, suffix)
    }
    for (index, interval) in differences.enumerated() {
      let reference = references.isEmpty ? 0.5 : references[index].value
      let other = references.isEmpty ? "chance" : "the reference\(Phrase.reference(index))"
      list.append(
        .share(
          "area under the curve above that of \(other)", .candidate, members + nonMembers,
          candidate.value - reference, interval,
          references.isEmpty ? "DeLong on the logit scale, 95 %" : "paired DeLong, 95 %"))
    }
    return list
  }

  private func rates(_ model: ModelPredictions, _ role: Role, _ suffix: String) -> [Measurement] {
    [0.05, 0.01].compactMap { wanted in
      rate(model, wanted).map {
        .share(
          "forget records found at \(Phrase.decimal(wanted * 100, places: 0)) % false alarms"
            + suffix, role, $0.members, $0.value, $0.interval(), "Clopper-Pearson, 95 %")
      }
    }
  }
}
