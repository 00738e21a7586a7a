import Records
import Registry

extension RegistryStore {
  /// Those of the requests that a kept training must not outlive: it reads records of their person,
  /// or goes on from weights that are exposed to them.
  func requests(
    _ requests: [DeletionRequest], against training: KeptTraining
  ) throws -> [DeletionRequest] {
    guard !requests.isEmpty else { return [] }
    let read = Set(try self.requests(requests, reading: training.records).map(\.ordinal))
    return requests.filter { request in
      if read.contains(request.ordinal) { return true }
      guard let parent = training.parent.flatMap(state.ordinal(of:)) else { return false }
      return state.exposure(of: parent, to: request.ordinal) == .exposed
    }
  }

  /// Those of the requests whose person is among records.
  func requests(
    _ requests: [DeletionRequest], reading records: RecordsByManifest
  ) throws -> [DeletionRequest] {
    try requests.filter { request in
      try records.contains { root, read in
        try !self.records(aboutAnybodyIn: request.selector, in: .training, of: root)
          .intersection(read).isEmpty
      }
    }
  }
}

extension Workplace {
  /// The same after a commit: what cannot be removed is said, and the next training or forget tries it
  /// again.
  func discardTrainingsAfterwards(in store: RegistryStore) {
    do {
      try discardForbiddenTrainings(in: store)
    } catch {
      notice(
        "a broken-off training could not be looked at: "
          + (Failure.explaining(error)?.message ?? "\(error)"))
    }
  }

  /// Removes kept trainings of people who are to be forgotten, and what is no kept training.
  ///
  /// They were made from the people's records, or nobody can tell from whose.
  func discardForbiddenTrainings(in store: RegistryStore) throws {
    let runs = try store.keptTrainings()
    // Whose requests forbid what is known from sealed parts, which are not opened for nothing.
    guard !runs.isEmpty else { return }
    let forbidding = try store.requestsForbiddingTraining()
    for run in runs {
      do {
        guard let kept = try store.keptTraining(run) else { continue }
        let against = try store.requests(forbidding, against: kept.training)
        guard let first = against.first else { continue }
        notice("removing a broken-off training with records of request '\(first.id)'")
      } catch let error as RegistryError {
        notice("removing a broken-off training that does not verify: \(error.description)")
      }
      try store.discardTraining(run)
    }
  }

  /// Removes what was kept for a case whose version is committed.
  func discardTrainings(for number: CaseNumber, in store: RegistryStore) throws {
    for run in try store.keptTrainings() {
      // What does not verify is not known to be the request's; `discardForbiddenTrainings` takes it.
      guard let kept = try? store.keptTraining(run) else { continue }
      if kept.training.number == number { try store.discardTraining(run) }
    }
  }

  /// What is kept of people whose requests have been met, for the audit.
  func trainingsLeft(in store: RegistryStore) throws -> [Finding] {
    let met = try store.requests { $0.forbidsDerivedData }
    return try store.keptTrainings().flatMap { run -> [Finding] in
      guard let kept = try? store.keptTraining(run) else { return [] }
      return try store.requests(met, against: kept.training).map {
        Finding(
          RegistryStore.name(ofTraining: run),
          "was made from records of request '\($0.id)', which has been met; the next 'train' or "
            + "'forget' removes it", isGood: false)
      }
    }
  }
}
