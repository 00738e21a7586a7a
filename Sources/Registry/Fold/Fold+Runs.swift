import Records

extension ForgetBegun: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    let ordinal = try state.knownCase(number)
    let parent = try state.knownVersion(parent)
    guard state.cases[ordinal].decision == .approved else {
      throw IllegalEvent("forgets for case \(number), which is not approved")
    }
    guard withheld == state.withheld else {
      throw IllegalEvent("does not withhold everybody whose request was approved, and nobody else")
    }
    guard state.run(run) == nil else { throw IllegalEvent("begins a run twice") }
    state.append(
      RunState(
        run: run, ordinal: ordinal, parent: parent, policy: policy, withheld: withheld,
        index: place.index, time: place.time))
  }
}

extension EvidenceFound: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    let found = try state.knownRun(run)
    let version = try state.knownVersion(version)
    guard found.version == version, found.evidence == nil, found.policy == policy else {
      throw IllegalEvent("measures a version that its run did not make, or by another policy")
    }
    state.change(run) {
      $0.evidence = evidence
      $0.verdict = verdict
    }
  }
}

extension CertificateIssued: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    let ordinal = try state.knownCase(number)
    let version = try state.knownVersion(version)
    let found = try state.knownRun(run)
    guard found.version == version, found.ordinal == ordinal, found.evidence == evidence,
      found.verdict == verdict, found.policy == policy,
      state.versions[version].weights == weights
    else { throw IllegalEvent("certifies what its run did not make, measure or judge so") }
    guard !state.certificates(for: ordinal).contains(where: { $0.run == run }) else {
      throw IllegalEvent("certifies a run twice")
    }
    let allowed = state.policies[policy]
    state.append(
      CertificateState(
        ordinal: ordinal, version: version, run: run, envelope: envelope, evidence: evidence,
        policy: policy, verdict: verdict,
        meetsFloor: allowed.map { verdict >= max($0.floor, .warn) } ?? false,
        meetsGoal: allowed.map { verdict >= max($0.goal, .pass) } ?? false,
        index: place.index, time: place.time))
  }
}

extension ReportMade: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard let position = state.position(ofCertificate: certificate) else {
      throw IllegalEvent("is the report of a certificate that was not issued")
    }
    guard state.certificates[position].papers == nil else {
      throw IllegalEvent("reports a certificate twice")
    }
    guard papers.keys.allSatisfy({ (try? RegistryName.checkFile($0)) != nil }) else {
      throw IllegalEvent("names a file as no file may be named")
    }
    state.certificates[position].papers = papers
  }
}
