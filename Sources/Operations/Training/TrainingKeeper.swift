import NeuralNetworks
import Records
import Registry

/// Keeps what a training has come to after its epochs, so that it can go on after a kill.
///
/// It never stands in the training's way: what cannot be kept is said once, and training goes on.
final class TrainingKeeper {
  private let workplace: Workplace
  private let training: KeptTraining
  /// The cases whose records the training leaves out.
  private let heeded: Set<CaseNumber>
  /// An epoch's end that was too soon after the last one kept.
  private var pending: TrainingState?
  private var keptAt: Duration
  private var isGivenUp = false
  /// The case of somebody among the records who was promised to be forgotten since it began.
  private(set) var promised: Int?

  init(
    _ workplace: Workplace, _ identity: TrainingIdentity, records: RecordsByManifest,
    for number: CaseNumber?, heeding requests: [DeletionRequest]
  ) {
    self.workplace = workplace
    training = KeptTraining(
      run: identity.digest, number: number, parent: identity.parent, records: records,
      environment: identity.recipe.environment)
    heeded = Set(requests.map(\.number))
    keptAt = workplace.clock()
  }

  /// What the same training had come to when it was broken off; nil when nothing sound is kept.
  func state(of what: String, epochs: Int) throws -> TrainingState? {
    do {
      guard let kept = try workplace.reading({ try $0.keptTraining(training.run) }) else {
        return nil
      }
      let state = try TrainingState(bytes: kept.state)
      workplace.notice(
        state.epochsDone < epochs
          ? "\(what) goes on after epoch \(state.epochsDone) of \(epochs), where it was broken off"
          : "\(what) was done before the command was broken off")
      return state
    } catch {
      guard let failure = Failure.explaining(error) else { throw error }
      workplace.notice("\(what) begins again, as what was kept of it is no use: \(failure.message)")
      return nil
    }
  }

  /// Removes what is kept, now that there is a version.
  func discard(in store: RegistryStore) throws { try store.discardTraining(training.run) }

  /// Does the training; an epoch that is not kept yet when it is broken off is kept then.
  func guarding<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      if let pending { keep(pending) }
      throw error
    }
  }

  /// Takes an epoch's end; of quick epochs one a second is kept.
  ///
  /// The last one of a training that is done for a request is kept in any case: a forget that is
  /// killed later then need not do it again.
  func take(_ state: TrainingState, of epochs: Int) {
    let isLast = training.number != nil && state.epochsDone == epochs
    if isLast || workplace.clock() - keptAt >= .seconds(1) {
      keep(state)
    } else {
      pending = state
    }
  }

  private func keep(_ state: TrainingState) {
    pending = nil
    guard !isGivenUp else { return }
    do {
      try workplace.reading { try keep(state, in: $0) }
    } catch {
      isGivenUp = true
      workplace.notice(
        "what training has come to cannot be kept: "
          + (Failure.explaining(error)?.message ?? "\(error)") + "; training goes on")
    }
    keptAt = workplace.clock()
  }

  /// Somebody may have been promised to be forgotten since the training began.
  private func keep(_ state: TrainingState, in store: RegistryStore) throws {
    let new = try store.requestsForbiddingTraining().filter { !heeded.contains($0.number) }
    if let request = try store.requests(new, against: training).first {
      isGivenUp = true
      promised = try store.requests(new, reading: training.records).first?.ordinal
      try store.discardTraining(training.run)
      workplace.notice(
        "what training has come to is not kept: there are records of request '\(request.id)'")
      return
    }
    try store.keep(training, state: state.bytes, at: workplace.now())
  }
}
