import Datasets
import NeuralNetworks
import Records
package import Registry

extension Material {
  /// The architecture of networks that are trained on these records without naming one.
  ///
  /// Series get the temporal network, pictures the residual network of 20 layers.
  var defaultArchitecture: String {
    if inputShape[0] == 1 { return "temporal-cnn" }
    return ["resnet-20", "resnet20", "resnet"].first { Architectures.names.contains($0) }
      ?? "temporal-cnn"
  }

  /// Opens data sets by their names in the registry.
  package init(datasets names: [String], in store: RegistryStore) throws {
    try self.init(
      datasets: try names.map { name in
        let entry = try store.dataset(named: name)
        return (entry.root, try store.manifest(entry.root))
      })
  }

  /// Every record of the training split.
  var trainingRecords: RecordsByManifest {
    var records: RecordsByManifest = [:]
    for source in sources {
      records[source.root] = source.manifest.selection(of: .training)
    }
    return records
  }

  /// The first records of each class, by position: the share of each, rounded up.
  func share(_ partsPerMillion: Int, of records: RecordsByManifest) -> RecordsByManifest {
    var result: RecordsByManifest = [:]
    for source in sources {
      guard let selection = records[source.root] else { continue }
      let byLabel = Dictionary(grouping: selection.indices) { source.manifest.records[$0].label }
      let chosen = byLabel.values.flatMap { positions in
        positions.sorted().prefix((positions.count * partsPerMillion + 999_999) / 1_000_000)
      }
      result[source.root] = RecordSelection(chosen)
    }
    return result
  }

  /// The records as a lineage keeps them: which they are is sealed.
  func sealed(
    _ records: RecordsByManifest, in store: RegistryStore
  ) throws -> [TrainingSet] {
    try sources.compactMap { source in
      guard let selection = records[source.root], !selection.isEmpty else { return nil }
      return try store.seal(selection, of: source.manifest.dataset, root: source.root)
    }
  }

  /// The configuration of a network for these records, which alone decide its preprocessing.
  func configuration(
    architecture: String? = nil, hyperparameters: [String: Int] = [:], records: RecordsByManifest
  ) throws -> NetworkConfiguration {
    guard let manifest = sources.first?.manifest else {
      throw Failure("there is no data set to configure a network for")
    }
    return NetworkConfiguration(
      architecture: architecture ?? defaultArchitecture, inputShape: manifest.inputShape,
      labelNames: manifest.labelNames,
      preprocessing: try preprocessing(for: records, isSeries: manifest.isSeries),
      hyperparameters: hyperparameters)
  }

  /// How the records are standardised; of pictures one is in memory at a time.
  private func preprocessing(
    for records: RecordsByManifest, isSeries: Bool
  ) throws -> Preprocessing {
    if isSeries {
      return try Preprocessing(standardising: examples(records), zeroPadded: true)
    }
    let statistics = try ChannelStatistics(
      over: sources.compactMap { source in
        records[source.root].map { (source.dataset, $0) }
      })
    return Preprocessing(
      mean: statistics.mean.map { Float($0) },
      // As for series, a channel that never varies is left as it is.
      standardDeviation: statistics.standardDeviation.map { $0 > 1e-6 ? Float($0) : 1 })
  }
}

extension Manifest {
  /// Whether records are series, padded with zeros to one length.
  fileprivate var isSeries: Bool { inputShape.first == 1 }
}
