import Records
import Registry
import Signing

/// A registry of many events that nothing happened for: versions without weights, requests of nobody,
/// an alias that moves to and fro.
struct MadeUpRegistry {
  let directory: String
  let versions: Int
  let requests: Int

  private static let model = "speakers"
  /// Events that share a checkpoint.
  private static let batchSize = 200

  func generate(events: Int) throws {
    try RegistryStore.create(
      at: directory, model: Self.model, policies: [], time: "2026-01-01T00:00:00Z")
    let store = try RegistryStore(openingAt: directory)
    try addVersions(to: store)
    try addRequests(to: store)
    try moveAliases(in: store, until: events)
  }

  private func digest(_ text: String) -> Digest { SHA256.digest(of: text) }

  /// Versions of records of nobody, so that an alias may move to any of them; the last has its blobs.
  private func addVersions(to store: RegistryStore) throws {
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
          PartLineage(name: $0, origin: .scratch, data: .none), holds: RecordSelection([]))
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
        for (number, opening) in openings {
          try batch.add(RequestOpened(number: number, opening: opening, receivedOn: date))
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

  /// Moves the alias one version on.
  static func move(in batch: inout EventBatch) throws {
    let state = batch.state
    let standing = state.aliases[AliasName(model: model, alias: "production")]?.version
    let next = ((standing ?? -1) + 1) % state.versions.count
    try batch.add(
      AliasMoved(
        model: model, alias: "production", from: standing.map { state.versions[$0].digest },
        to: state.versions[next].digest, cause: .promote, undone: RecordSelection([]),
        opening: nil))
  }
}
