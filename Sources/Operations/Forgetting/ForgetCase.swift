import NeuralNetworks
import Records
import Registry

/// Everything one act of forgetting works on.
struct ForgetCase {
  let parent: VersionEntry
  let material: Material
  /// The person's records that the version, or an ancestor whose weights it carries, was trained on.
  let person: RecordsByManifest
  /// The records it was trained on, without anybody who is to be forgotten.
  let staying: RecordsByManifest
  let exposure: ComponentExposure
  let original: Network
  let environment: NumericEnvironment
  /// Where the original's features are kept; nil where everything is to be made again.
  var shelf: FeatureShelf?

  var forget: StoredExamples { get throws { try material.examples(person, shelf: shelf) } }
  var retain: StoredExamples { get throws { try material.examples(staying, shelf: shelf) } }

  /// The person's test records: never trained on, so what is said of them was learned from the rest.
  func heldOut(of subject: Selector) throws -> StoredExamples {
    try material.examples(
      material.records(aboutAnybodyIn: subject, in: .test), shelf: shelf)
  }

  /// Everybody else's test records.
  func test(without subject: Selector) throws -> StoredExamples {
    try material.examples(
      material.testRecords(without: material.records(aboutAnybodyIn: subject, in: .test)),
      shelf: shelf)
  }
}

extension Workplace {
  /// Finds what a version holds of a person and what else it was trained on.
  ///
  /// What it holds of the person goes by the certificates of the request it is done for; the records
  /// of the cases withheld are left out.
  ///
  /// - Returns: The person's records in the version, and all it takes to make it forget them.
  /// - Throws: `DatasetError` when no data set knows the person.
  func forgetCase(
    of parent: VersionEntry, subject: Selector, for request: DeletionRequest?,
    withholding withheld: RecordSelection, in store: RegistryStore
  ) throws -> ForgetCase {
    let trained = try store.training(of: parent)
    let material = try Material(behind: trained, in: store)
    let matching = try matching(subject, in: material, store)
    let person = trained.isKnown ? matching.intersecting(trained.records) : matching
    var staying = trained.isKnown ? trained.records : material.trainingRecords
    staying = staying.subtracting(matching)
    for request in try store.requests(withheld) {
      staying = staying.subtracting(
        material.records(aboutAnybodyIn: request.selector, in: .training))
    }
    return ForgetCase(
      parent: parent, material: material, person: person, staying: staying,
      exposure: try request.map { store.exposure(of: parent, to: $0) }
        ?? store.exposure(of: parent, to: subject),
      original: try store.network(of: parent), environment: try numericEnvironment())
  }

  /// The subject's training records; a subject nobody asked for must be one that a data set knows.
  private func matching(
    _ subject: Selector, in material: Material, _ store: RegistryStore
  ) throws -> RecordsByManifest {
    if try !store.requests(of: subject).isEmpty {
      let records = material.records(aboutAnybodyIn: subject, in: .training)
      if !records.isEmpty { return records }
    }
    return try material.records(of: subject, in: .training)
  }
}

extension RegistryStore {
  /// What a version holds of a subject: by the log where there is a case of it that counts, else by
  /// searching what every step read.
  func exposure(of version: VersionEntry, to subject: Selector) throws -> ComponentExposure {
    let cases = try requests().filter { $0.selector == subject && $0.state != .refused }
    if cases.count == 1, let request = cases.first {
      return exposure(of: version, to: request)
    }
    let found = try PersonSearch(of: subject, in: self).steps(in: state)
    return ComponentExposure(state.exposures(of: version.ordinal, toPersonIn: found))
  }

  /// What a version holds of a request's person.
  func exposure(of version: VersionEntry, to request: DeletionRequest) -> ComponentExposure {
    ComponentExposure(state.exposures(of: version.ordinal, to: request.ordinal))
  }
}

extension ComponentExposure {
  /// Of a network whose parts are an extractor and a classifier.
  init(_ parts: [String: Exposure]) {
    self.init(
      extractor: parts[PartLineage.extractor] ?? .clear,
      classifier: parts[PartLineage.classifier] ?? .clear)
  }
}

/// What a version's weights have seen, through every step since they were drawn from a seed.
struct TrainingHistory {
  let isKnown: Bool
  let records: RecordsByManifest
}

extension RegistryStore {
  func training(of version: VersionEntry) throws -> TrainingHistory {
    var isKnown = true
    var records: RecordsByManifest = [:]
    for entry in ancestry(of: version) {
      let lineage = try lineage(of: entry)
      for part in lineage.parts {
        isKnown = isKnown && part.data.isKnown
        for set in part.data.sets {
          records = records.union([set.root: try self.records(of: set)])
        }
      }
      guard lineage.origin == .parent else { break }
    }
    return TrainingHistory(isKnown: isKnown, records: records)
  }
}

extension Material {
  /// Opens the data sets a version was trained on; all the registry knows, when that is not known.
  init(behind training: TrainingHistory, in store: RegistryStore) throws {
    var roots = Set(training.records.keys)
    if !training.isKnown { roots.formUnion(store.state.datasets.map(\.root)) }
    guard !roots.isEmpty else {
      throw Failure(
        "no data set is known that the version could have been trained on",
        hint: "add it with 'imu-registry dataset add'")
    }
    try self.init(datasets: try roots.sorted().map { ($0, try store.manifest($0)) })
  }
}
