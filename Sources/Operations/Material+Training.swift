import Datasets
import NeuralNetworks
import Records
import Registry

extension Material {
  /// The architecture of networks that are trained without naming one.
  static let defaultArchitecture = "temporal-cnn"

  /// Opens data sets by their names in the registry.
  init(datasets names: [String], in store: RegistryStore) throws {
    try self.init(
      manifests: try names.map { name in
        let entry = try store.dataset(named: name)
        return (entry.manifest, try store.blobs.read(entry.manifest))
      })
  }

  /// Every record of the training split.
  var trainingRecords: RecordsByManifest {
    var records: RecordsByManifest = [:]
    for source in sources {
      records[source.manifestDigest] = source.manifest.selection(of: .training)
    }
    return records
  }

  /// The first records of each class, by position: the share of each, rounded up.
  func share(_ partsPerMillion: Int, of records: RecordsByManifest) -> RecordsByManifest {
    var result: RecordsByManifest = [:]
    for source in sources {
      guard let selection = records[source.manifestDigest] else { continue }
      let byLabel = Dictionary(grouping: selection.indices) { source.manifest.records[$0].label }
      let chosen = byLabel.values.flatMap { positions in
        positions.sorted().prefix((positions.count * partsPerMillion + 999_999) / 1_000_000)
      }
      result[source.manifestDigest] = RecordSelection(chosen)
    }
    return result
  }

  /// The records as a lineage keeps them, by data set name.
  func trainingSets(_ records: RecordsByManifest) -> [TrainingSet] {
    sources.compactMap { source in
      records[source.manifestDigest].map {
        TrainingSet(
          dataset: source.manifest.dataset, manifest: source.manifestDigest, records: $0)
      }
    }
  }

  /// The configuration of a network for these records, which alone decide its preprocessing.
  func configuration(
    architecture: String, hyperparameters: [String: Int] = [:], records: RecordsByManifest
  ) throws -> NetworkConfiguration {
    guard let manifest = sources.first?.manifest else {
      throw Failure("there is no data set to configure a network for")
    }
    let examples = try examples(records)
    return NetworkConfiguration(
      architecture: architecture, inputShape: manifest.inputShape,
      labelNames: manifest.labelNames,
      preprocessing: Preprocessing(
        standardising: examples.inputs, zeroPadded: manifest.isSeries),
      hyperparameters: hyperparameters)
  }
}

extension Manifest {
  /// Whether records are series, padded with zeros to one length.
  fileprivate var isSeries: Bool { inputShape.first == 1 }
}
