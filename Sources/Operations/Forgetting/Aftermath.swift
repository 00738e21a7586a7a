import Records
import Registry

extension Workplace {
  /// Erases what was made from the records of people whose requests are met, after a commit.
  ///
  /// What cannot be erased is said and stops nothing; `audit` names it, and the next forget tries
  /// again. Trainings of a case go too, once its version is committed and they serve nobody.
  func eraseAfterwards(for number: CaseNumber? = nil, in store: RegistryStore) {
    do {
      if let number { try discardTrainings(for: number, in: store) }
      try discardForbiddenTrainings(in: store)
      try store.eraseDerivedData(at: now())
    } catch {
      notice(
        "what was made from the person's records could not be erased: "
          + "\(Failure.explaining(error)?.message ?? "\(error)"); see 'imu-registry derived list', and "
          + "'imu-registry derived discard --all' removes all of it")
    }
  }

  /// Does for a request what an earlier forget did not come to after its commit, as it was killed.
  func catchUp(on request: DeletionRequest, in store: RegistryStore) {
    let certificates = store.state.certificates(for: request.ordinal)
    guard !certificates.isEmpty else { return }
    eraseAfterwards(in: store)
    for certificate in certificates where certificate.papers == nil {
      let version = store.state.entry(certificate.version)
      _ = reportAfterwards(of: version, certificate.envelope, in: store)
    }
  }
}
