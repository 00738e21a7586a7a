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
      let records = try trainingRecords(order, material)
      let files = StoredFiles(
        weights: try Self.naming(order.path) { try put(weights, in: store) },
        configuration: try store.blobs.put(CanonicalText.encode(configuration)))
      let entry = try commit(files, records, material, parent, from: order.path, in: store)
      if parent == nil, let same = entry.made.parent {
        notice(
          "\(entry.shortName) has the weights of \(store.state.versions[same].shortName), byte for "
            + "byte: it counts as made from it, and holds what that holds")
      }
      if records == nil {
        notice(
          "\(entry.shortName) counts as exposed to everybody: what it was trained on is not known; "
            + "say so with --trained-on")
      }
      return try summary(of: entry, in: store)
    }
  }

  /// Commits the version that the files make.
  ///
  /// Weights that a version has already were that version's, whatever is said of them.
  private func commit(
    _ files: StoredFiles, _ records: RecordsByManifest?, _ material: Material?,
    _ named: VersionEntry?, from path: String, in store: RegistryStore
  ) throws -> VersionEntry {
    var data = TrainingData.unknown
    if let material, let records {
      data = TrainingData(sets: try material.sealed(records, in: store))
    }
    let recipe = Recipe(
      method: VersionMade.importing, seed: 0, environment: try numericEnvironment())
    let search = CaseSearch(in: store)
    return try store.commit(at: now()) { batch in
      let same = batch.state.version(ofWeights: files.weights).map { batch.state.entry($0) }
      if let same, let named, named.digest != same.digest {
        throw Failure(
          "'\(path)' has the weights of \(same.shortName), byte for byte: it cannot be made from "
            + named.shortName, kind: .refused, hint: "leave --parent out")
      }
      let parent = same ?? named
      let held = try search.cases(in: records ?? [:], batch.state)
      let parts = [PartLineage.extractor, PartLineage.classifier].map {
        VersionDraft.PartDraft(
          PartLineage(name: $0, origin: parent == nil ? .imported : .parent, data: data),
          holds: held)
      }
      return try store.add(
        VersionDraft(
          model: parent?.model ?? store.defaultModel, weights: files.weights,
          configuration: files.configuration, parent: parent?.digest, recipe: recipe,
          parts: parts), to: &batch)
    }
  }

  /// The records the network was trained on, as the order says; nil when it does not.
  private func trainingRecords(
    _ order: ImportOrder, _ material: Material?
  ) throws -> RecordsByManifest? {
    guard let material else {
      guard order.only == nil else {
        throw Failure("--only needs a data set", hint: "name it with --trained-on")
      }
      return nil
    }
    var records = material.trainingRecords
    if let only = order.only {
      records = records.intersecting(try material.records(of: only, in: .training))
    }
    return records
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
      try Self.checkArchitecture(order.architecture, of: configuration, in: parent.shortName)
      return configuration
    }
    let datasets = try material ?? Material(datasets: store.state.datasets.map(\.name), in: store)
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
