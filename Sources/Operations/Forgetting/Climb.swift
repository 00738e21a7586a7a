import NeuralNetworks
import Records
import Registry
import Unlearning
import Verification

/// A candidate that a rung of the ladder made, staged and judged.
struct Candidate {
  let files: NetworkFiles
  let result: RungResult
  let evidence: Evidence
  let provenance: Provenance
  let notAssessed: [String]
  let origin: Origin
}

/// The way up a policy's ladder until a candidate's verdict meets the target.
struct Climb {
  let workplace: Workplace
  let work: ForgetCase
  let order: ForgetOrder
  let policy: Policy
  let target: Verdict
  /// The first version the weights descend from, whose recipe retraining repeats.
  let root: Lineage
  let forget: StoredExamples
  let retain: StoredExamples
  let heldOut: StoredExamples
  let test: StoredExamples
  let request: DeletionRequest
  /// The requests whose records `retain` leaves out.
  let heeded: [DeletionRequest]
  let store: RegistryStore

  /// Tries the rungs in order.
  ///
  /// - Returns: every candidate's figures, and the one to keep: the first that meets the target,
  ///   or else the best, the earlier of equals.
  /// - Throws: `Failure` when no rung made a candidate, and what the rooms throw.
  func run(
    against references: [(model: ReferenceModel, network: Network)]
  ) throws -> (tried: [RungResult], kept: Candidate) {
    let comparison = try Comparison(
      original: work.original, references: references.map(\.network), records: records,
      threads: workplace.threads
    ) { try workplace.progress(Progress(activity: $0.what, done: $0.completed, total: $0.total)) }
    try work.shelf?.flush()
    var tried: [RungResult] = []
    var best: Candidate?
    let rungs = order.rungs(of: policy)
    for (index, rung) in rungs.enumerated() {
      let title = "rung \(index + 1) of \(rungs.count)"
      let recipe = try order.recipe(rung, after: root, in: work.environment)
      do {
        let candidate = try candidate(recipe, title, against: comparison)
        tried.append(candidate.result)
        if best.map({ $0.result.judgement.verdict < candidate.result.judgement.verdict }) ?? true {
          best = candidate
        }
        if candidate.result.judgement.verdict >= target { break }
      } catch let error as UnlearningError {
        tried.append(try diverged(recipe, error))
      }
    }
    guard let best else {
      throw Failure(
        "no method made a candidate: \(tried.last?.judgement.reasons.first ?? "the ladder is empty")"
      )
    }
    return (tried, best)
  }

  /// The figures of a rung whose numbers ceased to be finite: a FAIL, and the next rung's turn.
  ///
  /// - Throws: the error itself when it is about the recipe or the records, which no rung mends.
  private func diverged(_ recipe: Recipe, _ error: UnlearningError) throws -> RungResult {
    guard case .diverged = error else { throw error }
    return RungResult(
      recipe: recipe,
      trace: ForgettingTrace(
        epochCount: 0, stepCount: 0, coveredRecords: 0, usesRetainSet: false,
        stopReason: "it diverged"),
      judgement: Judgement(verdict: .fail, caps: [], reasons: [error.description]), checks: [],
      weights: nil)
  }

  private var records: ExaminedRecords {
    ExaminedRecords(
      forget: forget, retain: retain.count > 0 ? retain : nil, heldOut: heldOut, test: test)
  }

  /// Makes a candidate, stages its bytes, reads them back, and has them judged.
  private func candidate(
    _ recipe: Recipe, _ rung: String, against comparison: Comparison
  ) throws -> Candidate {
    let method = try UnlearningMethods.named(recipe.method)
    let title = "\(rung), \(Self.title(recipe))"
    let result = try run(method, recipe, title)
    let files = NetworkFiles(result.network)
    let origin: Origin = method.isRetraining ? .scratch : .parent
    let stored = try store.stagedCopy(of: files)
    let exposure = ComponentExposure(
      store.state.exposures(
        ofStep: Self.parts(origin), after: work.parent.ordinal, to: request.ordinal))
    let provenance = Provenance(
      candidate: exposure,
      original: work.exposure, origin: origin, coveredRecords: result.trace.coveredRecords,
      requestedRecords: work.person.recordCount, usesRetainSet: result.trace.usesRetainSet,
      isTunedOnEvidence: false)
    let examination = Examination(
      of: try stored.network(), against: comparison, provenance: provenance,
      threads: workplace.threads)
    let found = try examine(examination, policy: policy) {
      try workplace.progress(
        Progress(activity: "\(title): \($0.what)", done: $0.completed, total: $0.total))
    }
    return Candidate(
      files: files,
      result: RungResult(
        recipe: recipe, trace: result.trace, judgement: found.judgement,
        checks: found.evidence.checks, weights: stored.weightsDigest),
      evidence: found.evidence, provenance: provenance, notAssessed: found.notAssessed,
      origin: origin)
  }

  /// Runs a method; retraining goes on where a forget of the same request was broken off.
  func run(
    _ method: UnlearningMethod, _ recipe: Recipe, _ title: String
  ) throws -> UnlearningResult {
    let keeper = TrainingKeeper(
      workplace,
      TrainingIdentity(
        recipe: recipe, configuration: work.parent.configuration, parent: nil,
        records: work.staying),
      records: work.staying, for: request.number, heeding: heeded)
    let epochs = recipe.constants["epochCount"] ?? 0
    let input = UnlearningInput(
      network: work.original, forget: forget, retain: method.needsRetainSet ? retain : nil,
      recipe: recipe, threads: workplace.threads,
      from: method.isRetraining ? try keeper.state(of: title, epochs: epochs) : nil)
    return try keeper.guarding {
      try method.run(input) {
        if let state = $0.state { keeper.take(state, of: $0.epochCount) }
        try workplace.progress(Progress(activity: title, done: $0.done, total: $0.total))
      }
    }
  }

  /// The parts of a candidate as far as exposure goes: what retraining reads is without the person,
  /// and what is less than that reads nothing beside the parent's records.
  private static func parts(_ origin: Origin) -> [PartMade] {
    [PartLineage.extractor, PartLineage.classifier].map {
      PartMade(
        name: $0, origin: origin, isKnown: true, recordCount: 0, holds: RecordSelection([]))
    }
  }

  /// A few words for a recipe, such as `imu, scope classifier`.
  static func title(_ recipe: Recipe) -> String {
    recipe.method + (recipe.choices["scope"].map { ", scope \($0)" } ?? "")
  }
}

extension UnlearningMethod {
  /// Whether nothing of the old weights is in the new.
  var isRetraining: Bool { name == UnlearningMethod.retrain.name }
}
