import FoundationEssentials
import NeuralNetworks
import Records
import Registry

extension Workplace {
  /// Takes in a network trained elsewhere, with what is known of whom it has seen.
  package func importModel(_ order: ImportOrder) throws -> VersionSummary {
    try writing { store in
      let weights = try Self.read(order.path, limit: 1 << 31)
      let parent = try order.parent.map { try store.version(named: $0) }
      let material = try order.trainedOn.map { try Material(datasets: [$0], in: store) }
      let tensors = try WeightFile.read(weights)
      let configuration = try configuration(order, tensors, material, parent, store)
      let network = try Network(configuration, tensors: tensors)
      let data = try trainingData(order, material)
      let model = try parent?.lineage.model ?? store.defaultModel()
      let lineage = Lineage(
        model: model, number: try store.nextNumber(of: model), createdAt: now(),
        parent: parent?.digest, origin: parent == nil ? .imported : .parent,
        recipe: Recipe(method: "import", seed: 0, environment: try numericEnvironment()),
        extractor: data, classifier: data)
      let entry = try store.commit(NetworkFiles(network), lineage)
      try sign(entry, in: store)
      if !data.isKnown {
        notice(
          "\(entry.name) counts as exposed to everybody: what it was trained on is not known; "
            + "say so with --trained-on")
      }
      return try summary(of: entry, in: store)
    }
  }

  private func trainingData(_ order: ImportOrder, _ material: Material?) throws -> TrainingData {
    guard let material else {
      guard order.only == nil else {
        throw Failure("--only needs a data set", hint: "name it with --trained-on")
      }
      return .unknown
    }
    var records = material.trainingRecords
    if let only = order.only {
      records = records.intersecting(try material.records(of: only, in: .training))
    }
    return TrainingData(sets: material.trainingSets(records))
  }

  private func configuration(
    _ order: ImportOrder, _ tensors: [String: Tensor], _ material: Material?,
    _ parent: VersionEntry?, _ store: RegistryStore
  ) throws -> NetworkConfiguration {
    if let path = order.configurationPath {
      return try CanonicalText.decode(
        NetworkConfiguration.self, from: try Self.read(path, limit: 1 << 20), what: "'\(path)'")
    }
    if let parent { return try store.network(of: parent).configuration }
    let datasets = try material ?? Material(datasets: try store.datasets().map(\.name), in: store)
    var configuration = try datasets.configuration(
      architecture: order.architecture ?? Material.defaultArchitecture,
      records: datasets.trainingRecords)
    if !order.labels.isEmpty {
      configuration = NetworkConfiguration(
        architecture: configuration.architecture, inputShape: configuration.inputShape,
        labelNames: order.labels, preprocessing: configuration.preprocessing,
        hyperparameters: configuration.hyperparameters)
    }
    return configuration.fitted(to: tensors)
  }

  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
      throw Failure("cannot read '\(path)'", hint: "name a file that is there")
    }
    guard size <= limit, let data = FileManager.default.contents(atPath: path) else {
      throw Failure("'\(path)' is larger than \(limit) bytes, or cannot be read")
    }
    return Array(data)
  }
}
