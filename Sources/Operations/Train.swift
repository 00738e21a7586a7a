import Datasets
import NeuralNetworks
import Records
import Registry
import Unlearning

extension Workplace {
  /// Trains a version and records whom it has seen.
  ///
  /// Records of people whose request was approved are left out, and that is said.
  ///
  /// - Throws: `Failure` and what the rooms throw for an unknown data set, version or selector.
  package func train(_ order: TrainOrder) throws -> VersionSummary {
    try writing { store in
      let material = try Material(datasets: [order.dataset], in: store)
      let records = try trainingRecords(order, material, store)
      let parent = try order.parent.map { try store.version(named: $0) }
      let examples = try material.examples(records)
      var network = try startingNetwork(order, parent, material, records, store)
      let recipe = try TrainingRecipe.recipe(
        order, environment: try numericEnvironment())
      try NeuralNetworks.train(
        &network, on: examples, settings: try TrainingRecipe.settings(of: recipe),
        threads: threads
      ) {
        try progress(Progress(activity: "training", done: $0.epoch, total: $0.epochs))
      }
      let entry = try commitTrained(
        network, order, parent, material.trainingSets(records), recipe, store)
      if let alias = order.alias {
        try moveAlias(alias, to: entry, reason: "trained with --alias", override: nil, in: store)
      }
      return try summary(of: entry, in: store)
    }
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
      guard let person = try? material.records(of: request.selector, in: .training) else {
        continue
      }
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
          "\(parent.name) is a '\(network.configuration.architecture)', not a '\(architecture)'",
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

  private func commitTrained(
    _ network: Network, _ order: TrainOrder, _ parent: VersionEntry?, _ sets: [TrainingSet],
    _ recipe: Recipe, _ store: RegistryStore
  ) throws -> VersionEntry {
    let model = try parent?.lineage.model ?? store.defaultModel()
    let lineage = Lineage(
      model: model, number: try store.nextNumber(of: model), createdAt: now(),
      parent: parent?.digest, origin: parent == nil ? .scratch : .parent, recipe: recipe,
      extractor: order.freezesExtractor ? .none : TrainingData(sets: sets),
      classifier: TrainingData(sets: sets))
    let entry = try store.commit(NetworkFiles(network), lineage)
    try sign(entry, in: store)
    return entry
  }
}
