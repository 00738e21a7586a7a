package import Records
import Datasets
import Registry

/// A version as lists show it.
package struct VersionSummary: Sendable, Encodable {
  package let name: String
  package let digest: Digest
  package let createdAt: String
  package let parent: String?
  package let origin: Origin
  package let method: String
  /// How many records the step trained the extractor and the classifier on; nil when unknown.
  package let extractorRecords: Int?
  package let classifierRecords: Int?
  package let aliases: [String]
  package let request: String?
  package let verdict: Verdict?
  /// What it holds of each person with a request, by request.
  package let exposures: [String: Exposure]
}

/// A version with all that is known of it.
package struct VersionDetails: Sendable, Encodable {
  package let summary: VersionSummary
  package let weights: Digest
  package let configuration: Digest
  package let modelRoot: Digest
  package let lineage: Lineage
  package let certificate: Certificate?
}

extension Workplace {
  package func versions() throws -> [VersionSummary] {
    try reading { store in
      let titles = Titles(in: store)
      return store.versions().sorted {
        $0.model == $1.model ? $0.number < $1.number : ByteOrder.precedes($0.model, $1.model)
      }.map { summary(of: $0, titles, in: store) }
    }
  }

  package func version(_ name: String) throws -> VersionDetails {
    try reading { store in
      let entry = try store.version(named: name)
      let certificate = store.state.certificates(of: entry.ordinal).last
      return VersionDetails(
        summary: try summary(of: entry, in: store), weights: entry.weights,
        configuration: entry.configuration, modelRoot: entry.reference.modelRoot,
        lineage: try store.lineage(of: entry),
        certificate: try certificate.map { try store.certificate($0.envelope) })
    }
  }

  /// The version and its ancestors, the first first.
  package func lineage(of name: String) throws -> [VersionSummary] {
    try reading { store in
      let entry = try store.version(named: name)
      let titles = Titles(in: store)
      return store.ancestry(of: entry).reversed().map { summary(of: $0, titles, in: store) }
    }
  }

  func summary(of entry: VersionEntry, in store: RegistryStore) throws -> VersionSummary {
    summary(of: entry, Titles(in: store), in: store)
  }

  /// What people call the cases, opened once for a list.
  private struct Titles {
    let titles: [Int: String]

    init(in store: RegistryStore) {
      titles = Dictionary(
        uniqueKeysWithValues: store.state.cases.indices
          .filter { store.state.cases[$0].decision != .refused }
          .map { ($0, store.title(ofCase: $0)) })
    }
  }

  /// Decodes no manifest: all of it stands in the log.
  private func summary(
    of entry: VersionEntry, _ titles: Titles, in store: RegistryStore
  ) -> VersionSummary {
    let (state, made) = (store.state, entry.made)
    var exposures: [String: Exposure] = [:]
    for (ordinal, title) in titles.titles {
      exposures[title] = state.exposure(of: entry.ordinal, to: ordinal)
    }
    let run = made.run.flatMap { state.runs[$0] }
    return VersionSummary(
      name: entry.name, digest: entry.digest, createdAt: made.time,
      parent: made.parent.map { state.versions[$0].name }, origin: made.origin,
      method: made.title, extractorRecords: made.recordCount(of: PartLineage.extractor),
      classifierRecords: made.recordCount(of: PartLineage.classifier),
      aliases: store.aliases(at: entry), request: run.map { store.title(ofCase: $0.ordinal) },
      verdict: state.certificates(of: entry.ordinal).last?.verdict, exposures: exposures)
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
