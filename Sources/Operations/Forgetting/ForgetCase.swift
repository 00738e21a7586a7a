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
  /// The requests that count are those of the moment `time` (RFC 3339), or of now when it is nil.
  ///
  /// - Returns: The person's records in the version, and all it takes to make it forget them.
  /// - Throws: `DatasetError` when no data set knows the person.
  func forgetCase(
    of parent: VersionEntry, subject: Selector, asOf time: String? = nil, in store: RegistryStore
  ) throws -> ForgetCase {
    let trained = try store.training(of: parent)
    let material = try Material(behind: trained, in: store)
    let matching = try matching(subject, in: material, store)
    let person = trained.isKnown ? matching.intersecting(trained.records) : matching
    var staying = trained.isKnown ? trained.records : material.trainingRecords
    staying = staying.subtracting(matching)
    for request in try store.requestsForbiddingTraining(asOf: time) {
      staying = staying.subtracting(
        material.records(aboutAnybodyIn: request.selector, in: .training))
    }
    return ForgetCase(
      parent: parent, material: material, person: person, staying: staying,
      exposure: try store.exposure(of: parent.digest, to: matching).components,
      original: try store.network(of: parent), environment: try numericEnvironment())
  }
}

extension Workplace {
  /// The subject's training records; a subject nobody asked for must be one that a data set knows.
  private func matching(
    _ subject: Selector, in material: Material, _ store: RegistryStore
  ) throws -> RecordsByManifest {
    if try store.requests().contains(where: { $0.selector == subject }) {
      let records = material.records(aboutAnybodyIn: subject, in: .training)
      if !records.isEmpty { return records }
    }
    return try material.records(of: subject, in: .training)
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
    for entry in try ancestry(of: version.digest) {
      for data in [entry.lineage.extractor, entry.lineage.classifier] {
        isKnown = isKnown && data.isKnown
        for set in data.sets { records = records.union([set.manifest: set.records]) }
      }
      guard entry.lineage.origin == .parent else { break }
    }
    return TrainingHistory(isKnown: isKnown, records: records)
  }
}

extension Material {
  /// Opens the data sets a version was trained on; all the registry knows, when that is not known.
  init(behind training: TrainingHistory, in store: RegistryStore) throws {
    var manifests = Set(training.records.keys)
    if !training.isKnown {
      manifests.formUnion(try store.datasets().map(\.manifest))
    }
    guard !manifests.isEmpty else {
      throw Failure(
        "no data set is known that the version could have been trained on",
        hint: "add it with 'imu-registry dataset add'")
    }
    try self.init(
      manifests: try manifests.sorted().map { ($0, try store.blobs.read($0)) })
  }
}
