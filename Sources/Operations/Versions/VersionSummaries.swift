import Records
import Registry

/// Makes summaries of versions: all of it stands in the log but what people call their requests, which
/// is opened once, and only for requests that are shown.
struct VersionSummaries {
  private let store: RegistryStore
  /// The cases that count, by their ordinal: those that were not refused.
  let cases: [Int]
  private let refused: RecordSelection
  private var holdings: Holdings
  private var titles: [Int: String] = [:]
  private let aliases: [Int: [String]]

  init(in store: RegistryStore) {
    self.store = store
    let state = store.state
    refused = state.refused
    cases = RecordSelection(range: state.cases.indices).subtracting(refused).indices
    holdings = Holdings(in: state)
    aliases = Dictionary(grouping: state.aliases.sorted { $0.key < $1.key }, by: \.value.version)
      .mapValues { $0.map(\.key.alias) }
  }

  /// The cases to show beside a version: whom it holds first, then the newest.
  mutating func cases(of entry: VersionEntry, first count: Int) -> [Int] {
    let held = holdings.held(by: entry.ordinal)
    let isHeld = { held.exposure(to: $0) != .clear }
    let clear = cases.reversed().filter { !isHeld($0) }
    return Array((cases.reversed().filter(isHeld) + clear).prefix(count))
  }

  mutating func summary(of entry: VersionEntry, toCases ordinals: [Int]) -> VersionSummary {
    let (state, made) = (store.state, entry.made)
    let held = holdings.held(by: entry.ordinal)
    var exposures: [String: Exposure] = [:]
    for ordinal in ordinals { exposures[title(of: ordinal)] = held.exposure(to: ordinal) }
    let run = made.run.flatMap { state.run($0) }
    return VersionSummary(
      name: entry.name, digest: entry.digest, createdAt: made.time,
      parent: made.parent.map { state.versions[$0].name }, origin: made.origin,
      method: made.title, extractorRecords: made.recordCount(of: PartLineage.extractor),
      classifierRecords: made.recordCount(of: PartLineage.classifier),
      aliases: aliases[entry.ordinal] ?? [], request: run.map { title(of: $0.ordinal) },
      verdict: state.certificates(of: entry.ordinal).last?.verdict, exposures: exposures,
      exposedRequests: held.exposed.subtracting(refused).count,
      mitigatedRequests: held.mitigated.subtracting(refused).count,
      otherRequests: cases.count - ordinals.count)
  }

  private mutating func title(of ordinal: Int) -> String {
    if let known = titles[ordinal] { return known }
    let title = store.title(ofCase: ordinal)
    titles[ordinal] = title
    return title
  }
}

extension VersionState {
  /// Where the weights came from that most is owed to.
  fileprivate var origin: Origin {
    for origin in [Origin.parent, .imported] where parts.contains(where: { $0.origin == origin }) {
      return origin
    }
    return .scratch
  }

  /// How many records the step read for a part; nil when that is not known.
  fileprivate func recordCount(of name: String) -> Int? {
    parts.first { $0.name == name }.flatMap { $0.isKnown ? $0.recordCount : nil }
  }
}
