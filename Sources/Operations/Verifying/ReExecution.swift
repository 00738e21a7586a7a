import NeuralNetworks
import Records
import Registry
import Unlearning
import Verification

/// Runs the recipe of a version again and compares bytes with what is stored.
///
/// The engine is deterministic, so whoever has the data can prove how a version came about.
struct ReExecution {
  let workplace: Workplace
  let version: VersionEntry
  let store: RegistryStore

  /// - Throws: `Failure` for a version without a recipe, and when the numeric environment is another:
  ///   bytes can then differ although everything is right.
  func findings() throws -> [Finding] {
    let lineage = try store.lineage(of: version)
    let environment = try numericEnvironment()
    guard environment == lineage.recipe.environment else {
      throw Failure(
        "\(version.shortName) was made with \(Self.words(lineage.recipe.environment)), this is "
          + Self.words(environment),
        hint: "run it again where the numerics are the same, for example with OPENBLAS_CORETYPE set"
      )
    }
    let certificates = store.state.certificates(of: version.ordinal)
    if certificates.isEmpty {
      switch lineage.recipe.method {
      case TrainingRecipe.method: return try [trainAgain(lineage)]
      case VersionMade.importing:
        throw Failure("\(version.shortName) was imported: there is no recipe to run again")
      default:
        throw Failure(
          "\(version.shortName) has no certificate that says what it forgot", kind: .unverified)
      }
    }
    return try certificates.flatMap { try forgetAgain(lineage, $0) }
  }

  private static func words(_ environment: NumericEnvironment) -> String {
    "\(environment.matrixLibrary) (\(environment.matrixKernel)) on \(environment.architecture), "
      + "engine \(environment.engine)"
  }

  private func trainAgain(_ lineage: Lineage) throws -> Finding {
    var records: RecordsByManifest = [:]
    for set in lineage.parts.flatMap(\.data.sets) {
      records = records.union([set.root: try store.records(of: set)])
    }
    let material = try Material(
      datasets: try records.keys.sorted().map { ($0, try store.manifest($0)) })
    var network: Network
    if let parent = version.made.parent, lineage.origin == .parent {
      network = try store.network(of: store.state.entry(parent))
    } else {
      let stored = try store.network(of: version).configuration
      let configuration = try material.configuration(
        architecture: stored.architecture, hyperparameters: stored.hyperparameters,
        records: records)
      network = try Network(configuration, seed: lineage.recipe.seed)
    }
    try NeuralNetworks.train(
      &network, on: try material.examples(records),
      settings: try TrainingRecipe.settings(of: lineage.recipe), threads: workplace.threads
    ) {
      try workplace.progress(
        Progress(activity: "training again", done: $0.step, total: $0.steps))
    }
    return compare(network, "training")
  }

  /// Unlearns again, retrains the references again, and measures again.
  private func forgetAgain(
    _ lineage: Lineage, _ entry: CertificateState
  ) throws -> [Finding] {
    guard let parent = version.made.parent, let run = store.state.run(entry.run),
      run.parent == parent, run.version == version.ordinal
    else {
      throw Failure(
        "the certificate of \(version.shortName) is not of the run that made it", kind: .unverified)
    }
    let certificate = try store.certificate(entry.envelope)
    let request = try store.request(at: entry.ordinal)
    let work = try workplace.forgetCase(
      of: store.state.entry(parent), subject: request.selector, for: request,
      withholding: run.withheld, in: store)
    guard try CertificatePaper.summary(of: work, request, in: store) == certificate.forgetSet else {
      throw Failure(
        "the request's records are not those that \(version.shortName) forgot", kind: .unverified)
    }
    let network = try unlearn(work, lineage.recipe, "unlearning again")
    return [compare(network, "unlearning")]
      + (try measureAgain(work, network, request.selector, certificate))
  }

  private func unlearn(
    _ work: ForgetCase, _ recipe: Recipe, _ activity: String
  ) throws -> Network {
    let method = try UnlearningMethods.named(recipe.method)
    let input = UnlearningInput(
      network: work.original, forget: try work.forget,
      retain: method.needsRetainSet ? try work.retain : nil, recipe: recipe,
      threads: workplace.threads)
    return try method.run(input) {
      try workplace.progress(Progress(activity: activity, done: $0.done, total: $0.total))
    }.network
  }

  private func measureAgain(
    _ work: ForgetCase, _ candidate: Network, _ subject: Selector, _ certificate: Certificate
  ) throws -> [Finding] {
    let references = try certificate.references.enumerated().map { index, reference in
      try unlearn(work, reference.recipe, "retraining reference \(index + 1) again")
    }
    let digests = references.map { NetworkFiles($0).weightsDigest }
    let isSame = digests == certificate.references.map(\.weights)
    let retain = try work.retain
    let policy = try NamedPolicy(stored: certificate.policy, in: store)
    let comparison = try Comparison(
      original: work.original, references: references,
      records: ExaminedRecords(
        forget: try work.forget, retain: retain.count > 0 ? retain : nil,
        heldOut: try work.heldOut(of: subject), test: try work.test(without: subject)),
      threads: workplace.threads)
    let found = try examine(
      Examination(
        of: candidate, against: comparison, provenance: certificate.provenance,
        threads: workplace.threads),
      policy: policy.policy)
    let isConfirmed =
      found.evidence == certificate.evidence && found.judgement == certificate.judgement
    return [
      Finding(
        "\(version.shortName), references",
        isSame ? "the same bytes again" : "other bytes this time",
        isGood: isSame),
      Finding(
        "\(version.shortName), evidence",
        isConfirmed ? "the same figures and verdict again" : "other figures this time",
        isGood: isConfirmed),
    ]
  }

  private func compare(_ network: Network, _ what: String) -> Finding {
    let files = NetworkFiles(network)
    let isSame =
      files.weightsDigest == version.weights
      && files.configurationDigest == version.configuration
    return Finding(
      "\(version.shortName), \(what)",
      isSame
        ? "the same weight bytes again"
        : "other weight bytes this time: "
          + "\(files.weightsDigest.short) instead of \(version.weights.short)",
      isGood: isSame)
  }
}
