import Datasets
import NeuralNetworks
import Records
import Registry

extension Workplace {
  /// Takes in a network trained elsewhere, with what is known of whom it has seen.
  ///
  /// The weights are read, checked, written and hashed in one pass and in constant memory.
  package func importModel(_ order: ImportOrder) throws -> VersionSummary {
    try writing { store in
      let file = try Self.naming(order.path) { try WeightFile(opening: order.path) }
      let parent = try order.parent.map { try store.version(named: $0) }
      let material = try order.trainedOn.map { try Material(datasets: [$0], in: store) }
      let configuration = try configuration(order, file.shapes, material, parent, store)
      let weights = try Self.naming(order.path) {
        try CanonicalWeights(of: file, for: configuration, metadata: NetworkFiles.metadata)
      }
      let data = try trainingData(order, material)
      let model = try parent?.lineage.model ?? store.defaultModel()
      let lineage = Lineage(
        model: model, number: try store.nextNumber(of: model), createdAt: now(),
        parent: parent?.digest, origin: parent == nil ? .imported : .parent,
        recipe: Recipe(method: "import", seed: 0, environment: try numericEnvironment()),
        extractor: data, classifier: data)
      let entry = try store.commit(
        lineage, weights: try Self.naming(order.path) { try put(weights, in: store) },
        configuration: try store.blobs.put(CanonicalText.encode(configuration)))
      try sign(entry, in: store)
      if !data.isKnown {
        notice(
          "\(entry.lineage.name) counts as exposed to everybody: what it was trained on is not known; "
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
    _ order: ImportOrder, _ shapes: [String: [Int]], _ material: Material?,
    _ parent: VersionEntry?, _ store: RegistryStore
  ) throws -> NetworkConfiguration {
    if let path = order.configurationPath {
      let configuration = try CanonicalText.decode(
        NetworkConfiguration.self, from: try Self.read(path, limit: 1 << 20), what: "'\(path)'")
      try Self.checkArchitecture(order.architecture, of: configuration, in: "'\(path)'")
      return configuration
    }
    if let parent {
      let configuration = try store.configuration(of: parent)
      try Self.checkArchitecture(order.architecture, of: configuration, in: parent.lineage.name)
      return configuration
    }
    let datasets = try material ?? Material(datasets: try store.datasets().map(\.name), in: store)
    var configuration = try datasets.configuration(
      architecture: order.architecture,
      records: datasets.trainingRecords)
    if !order.labels.isEmpty {
      configuration = NetworkConfiguration(
        architecture: configuration.architecture, inputShape: configuration.inputShape,
        labelNames: order.labels, preprocessing: configuration.preprocessing,
        hyperparameters: configuration.hyperparameters)
    }
    return configuration.fitted(to: shapes)
  }

  /// - Throws: `Failure` when an architecture is named that is not the one found.
  private static func checkArchitecture(
    _ name: String?, of configuration: NetworkConfiguration, in place: String
  ) throws {
    guard let name, name != configuration.architecture else { return }
    throw Failure(
      "\(place) is of architecture '\(configuration.architecture)', not '\(name)'",
      hint: "leave --architecture out")
  }

  /// Stores weights piece by piece; what is given up on the way leaves nothing behind.
  private func put(_ weights: CanonicalWeights, in store: RegistryStore) throws -> Digest {
    var staged = try store.blobs.stage()
    var written = 0
    try weights.write { piece in
      try staged.write(piece)
      written += piece.byteCount
      try progress(Progress(activity: "importing", done: written, total: weights.byteCount))
    }
    return try store.blobs.commit(staged)
  }

  /// Names the file in what is said against its content.
  private static func naming<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch let error as WeightFileError {
      throw Failure(error.description.contains("'\(path)'") ? "\(error)" : "'\(path)': \(error)")
    }
  }

  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    try PlainFile.read(path, sizeLimit: limit)
  }
}
