import Datasets
import NeuralNetworks
import Records
import Registry
import Signing
import Unlearning

extension Workplace {
  /// Trains a version and records whom it has seen.
  ///
  /// Records of people whose request was approved are left out, and that is said.
  ///
  /// Somebody among them whose request is approved meanwhile ends it, and nothing is committed.
  ///
  /// - Throws: `Failure`, of kind `refused` in that case, and what the rooms throw for an unknown data
  ///   set, version or selector.
  package func train(_ order: TrainOrder) throws -> VersionSummary {
    let recipe = try TrainingRecipe.recipe(order, environment: try numericEnvironment())
    let settings = try TrainingRecipe.settings(of: recipe)
    var begun = try assuring { store in
      try discardForbiddenTrainings(in: store)
      return try start(of: order, recipe, in: store)
    }
    try begun.makeFeatures(threads: threads) {
      try progress(Progress(activity: "features", done: $0, total: $1))
    }
    let keeper = begun.keeper
    let state = try keeper.state(of: "training", epochs: settings.epochs)
    try keeper.guarding {
      try NeuralNetworks.train(
        &begun.network, on: begun.examples, settings: settings, threads: threads, from: state
      ) {
        if let state = $0.state { keeper.take(state, of: $0.epochs) }
        if let promised = keeper.promised {
          try reading { try refuse(RecordSelection([promised]), in: $0) }
        }
        try progress(Progress(activity: "training", done: $0.step, total: $0.steps))
      }
    }
    return try writing { store in
      let entry = try commitTrained(begun, order, recipe, store)
      try begun.keeper.discard(in: store)
      return try summary(of: entry, in: store)
    }
  }

  /// What training begins with.
  private struct Start {
    var network: Network
    let parent: VersionEntry?
    let examples: StoredExamples
    let material: Material
    let records: RecordsByManifest
    let keeper: TrainingKeeper
    /// Where the features of an extractor that stays as it is are kept.
    let shelf: FeatureShelf?

    /// Makes all features beforehand that training is going to ask for again and again.
    func makeFeatures(threads: Int, progress: (Int, Int) throws -> Void) throws {
      guard let shelf else { return }
      for chunk in examples.chunks {
        try progress(chunk.first ?? 0, examples.count)
        _ = try examples.features(at: chunk, by: network, threads: threads)
      }
      try shelf.flush()
    }
  }

  private func start(
    of order: TrainOrder, _ recipe: Recipe, in store: RegistryStore
  ) throws -> Start {
    if let alias = order.alias { try RegistryName.checkAlias(alias) }
    let material = try Material(datasets: [order.dataset], in: store)
    let records = try trainingRecords(order, material, store)
    let parent = try order.parent.map { try store.version(named: $0) }
    try store.state.checkChangeable(
      ModelAdded(model: parent?.model ?? store.defaultModel).entity)
    let network = try startingNetwork(order, parent, material, records, store)
    let identity = TrainingIdentity(
      recipe: recipe,
      configuration: SHA256.digest(of: CanonicalText.encode(network.configuration)),
      parent: parent?.digest, records: records)
    let shelf =
      order.freezesExtractor
      ? FeatureShelf(
        network, in: recipe.environment, registryPath: registryPath, withholding: nil,
        startedAt: now()) : nil
    return Start(
      network: network, parent: parent, examples: try material.examples(records, shelf: shelf),
      material: material, records: records,
      keeper: TrainingKeeper(
        self, identity, records: records, for: nil,
        heeding: try store.requestsForbiddingTraining()),
      shelf: shelf)
  }

  /// The records the order names, without those of people who are to be forgotten.
  private func trainingRecords(
    _ order: TrainOrder, _ material: Material, _ store: RegistryStore
  ) throws -> RecordsByManifest {
    var records = material.trainingRecords
    if let only = order.only {
      records = records.intersecting(try material.records(of: only, in: .training))
    }
    if let without = order.without {
      records = records.subtracting(try material.records(of: without, in: .training))
    }
    if let share = order.fractionPartsPerMillion {
      records = material.share(share, of: records)
    }
    for request in try store.requestsForbiddingTraining() {
      let person = material.records(aboutAnybodyIn: request.selector, in: .training)
      let left = records.subtracting(person)
      if left.recordCount < records.recordCount {
        notice(
          "leaving out \(records.recordCount - left.recordCount) records of request '\(request.id)'"
        )
      }
      records = left
    }
    guard records.recordCount > 0 else {
      throw Failure("no training records are left of data set '\(order.dataset)'")
    }
    return records
  }

  private func startingNetwork(
    _ order: TrainOrder, _ parent: VersionEntry?, _ material: Material,
    _ records: RecordsByManifest,
    _ store: RegistryStore
  ) throws -> Network {
    if let parent {
      let network = try store.network(of: parent)
      if let architecture = order.architecture,
        architecture != network.configuration.architecture
      {
        throw Failure(
          "\(parent.shortName) is a '\(network.configuration.architecture)', not a '\(architecture)'",
          hint: "leave --architecture out, or train without --parent")
      }
      return network
    }
    guard !order.freezesExtractor else {
      throw Failure(
        "an extractor from the seed cannot be frozen", hint: "name a version with --parent")
    }
    let configuration = try material.configuration(
      architecture: order.architecture, records: records)
    return try Network(configuration, seed: order.seed)
  }

  /// Refuses to commit a training that read records of people whose requests were approved since.
  private func refuse(_ approved: RecordSelection, in store: RegistryStore) throws {
    guard let first = approved.indices.first else { return }
    try store.refresh()
    let index = store.state.cases[first].decidedIndex ?? 0
    throw Failure(
      "request '\(store.title(ofCase: first))' was approved while this trained on its person "
        + "(event \(index)); nothing was committed", kind: .refused,
      hint: "run it again, and the person is left out")
  }

  /// Commits the version and the alias's move, all at once.
  private func commitTrained(
    _ start: Start, _ order: TrainOrder, _ recipe: Recipe, _ store: RegistryStore
  ) throws -> VersionEntry {
    let files = try store.put(NetworkFiles(start.network))
    let data = TrainingData(sets: try start.material.sealed(start.records, in: store))
    let origin: Origin = start.parent == nil ? .scratch : .parent
    let search = CaseSearch(in: store)
    _ = try search.cases(in: start.records, store.state)
    var said: AliasMoveOutcome?
    let entry = try store.commit(at: now()) { batch in
      let held = try search.cases(in: start.records, batch.state)
      try refuse(held.intersection(batch.state.withheld), in: store)
      let isFrozen = order.freezesExtractor
      let draft = VersionDraft(
        model: start.parent?.model ?? store.defaultModel, weights: files.weights,
        configuration: files.configuration, parent: start.parent?.digest, recipe: recipe,
        parts: [
          .init(
            PartLineage(
              name: PartLineage.extractor, origin: origin, data: isFrozen ? .none : data),
            holds: isFrozen ? RecordSelection([]) : held),
          .init(
            PartLineage(name: PartLineage.classifier, origin: origin, data: data), holds: held),
        ])
      let entry = try store.add(draft, to: &batch)
      if let alias = order.alias {
        said = try AliasMove(alias: alias, version: entry, cause: .train)
          .add(to: &batch, in: store)
      }
      return entry
    }
    if let said, !said.isMoved { notice(said.sentence) }
    return entry
  }
}
