import Records
import Registry
import Signing

/// A registry of many events that nothing happened for: versions without weights, a data set without
/// files, requests of people of whom the last version alone knows, an alias that moves to and fro.
struct MadeUpRegistry {
  let directory: String
  let versions: Int
  let requests: Int
  let subjects: Int

  private static let model = "speakers"
  /// Events that share a checkpoint.
  private static let batchSize = 200

  func generate(events: Int) throws {
    try RegistryStore.create(
      at: directory, model: Self.model, policies: [], time: "2026-01-01T00:00:00Z")
    let store = try RegistryStore(openingAt: directory)
    let records = try addDataset(to: store)
    try addVersions(of: records, to: store)
    try addRequests(to: store)
    try moveAliases(in: store, until: events)
  }

  private func digest(_ text: String) -> Digest { SHA256.digest(of: text) }

  /// A data set with a record a subject.
  private func addDataset(to store: RegistryStore) throws -> TrainingData {
    guard subjects > 0 else { return .none }
    let manifest = Manifest(
      dataset: "people", source: DataSource(format: "ts"), inputShape: [1, 1, 1],
      labelNames: ["a", "b"],
      records: (0..<subjects).map { number in
        ManifestRecord(
          id: "train-\(number)", content: digest("record \(number)"), label: number % 2,
          subjects: ["pid": "\(number)"], split: .training)
      })
    let added = try store.seal(manifest)
    try store.commit(at: "2026-01-01T00:00:00Z") { try $0.add(added) }
    let set = try store.seal(
      RecordSelection(range: 0..<subjects), of: added.dataset, root: added.root)
    return TrainingData(isKnown: true, sets: [set])
  }

  /// Versions of records of nobody, so that an alias may move to any of them; the last has its blobs,
  /// and was trained on everybody before anybody asked to be forgotten.
  private func addVersions(of records: TrainingData, to store: RegistryStore) throws {
    for start in stride(from: 1, to: versions, by: Self.batchSize) {
      try store.commit(at: "2026-01-01T00:00:00Z") { batch in
        for number in start..<min(start + Self.batchSize, versions) {
          try batch.add(version(number, parent: batch.state.versions.last?.digest))
        }
      }
    }
    try store.commit(at: "2026-01-01T00:00:00Z") { batch in
      let weights = try store.blobs.put(Array("weights".utf8))
      let parts = [PartLineage.extractor, PartLineage.classifier].map {
        VersionDraft.PartDraft(
          PartLineage(name: $0, origin: .scratch, data: records), holds: RecordSelection([]))
      }
      let environment = NumericEnvironment(
        architecture: "x86_64", matrixLibrary: "none", matrixKernel: "none", engine: "0")
      _ = try store.add(
        VersionDraft(
          model: Self.model, weights: weights, configuration: weights, parent: nil,
          recipe: Recipe(method: "train", seed: 1, environment: environment), parts: parts),
        to: &batch)
    }
  }

  private func version(_ number: Int, parent: Digest?) -> VersionMade {
    let parts = [PartLineage.extractor, PartLineage.classifier].map {
      PartMade(
        name: $0, origin: .scratch, isKnown: true, recordCount: 0, holds: RecordSelection([]))
    }
    return VersionMade(
      model: Self.model, number: number, version: digest("version \(number)"), manifestSize: 1,
      weights: digest("weights \(number)"), configuration: digest("configuration"),
      lineage: digest("lineage \(number)"), signature: digest("signature \(number)"),
      parent: number % 8 == 1 ? nil : parent, method: "train", scope: nil, parts: parts, run: nil)
  }

  private func addRequests(to store: RegistryStore) throws {
    guard let date = CalendarDate("2026-01-01") else { return }
    for start in stride(from: 0, to: requests, by: Self.batchSize) {
      let openings = try (start..<min(start + Self.batchSize, requests)).map { index in
        let number = try RegistryStore.newCaseNumber()
        let opening = try store.sealed.seal(
          RequestOpening(id: "R-\(index)", receivedOn: date, subject: "pid=\(index)"),
          in: .request(number))
        return (number, opening)
      }
      try store.commit(at: "2026-01-01T00:00:00Z") { batch in
        let last = RecordSelection(subjects > 0 ? [versions - 1] : [])
        for (number, opening) in openings {
          try batch.add(RequestOpened(number: number, opening: opening, receivedOn: date))
          try batch.add(
            PersonFound(
              number: number,
              versions: last.isEmpty
                ? [:] : [PartLineage.extractor: last, PartLineage.classifier: last]))
        }
      }
    }
  }

  private func moveAliases(in store: RegistryStore, until events: Int) throws {
    while store.state.size < events {
      try store.commit(at: "2026-01-01T00:00:00Z") { batch in
        for _ in 0..<min(Self.batchSize, events - batch.state.size) {
          try Self.move(in: &batch)
        }
      }
    }
  }

  /// Moves the alias one version on, and from the last but one, as the last holds everybody, to the
  /// first.
  static func move(in batch: inout EventBatch) throws {
    let standing = batch.state.aliases[AliasName(model: model, alias: "production")]?.version
    let next = ((standing ?? -1) + 1) % max(1, batch.state.versions.count - 1)
    let (from, to) = (
      standing.map { batch.state.versions[$0].digest }, batch.state.versions[next].digest
    )
    try batch.add(
      AliasMoved(
        model: model, alias: "production", from: from, to: to, cause: .promote,
        undone: RecordSelection([]), opening: nil))
  }
}
