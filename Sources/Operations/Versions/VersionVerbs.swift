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
  /// What it holds of each person with a request, by request: of the requests that are shown.
  package let exposures: [String: Exposure]
  /// To how many of all requests it is exposed, and for how many that is mitigated.
  package var exposedRequests = 0
  package var mitigatedRequests = 0
  /// How many requests there are beside those of `exposures`; refused ones do not count.
  package var otherRequests = 0
}

/// Versions as `list` shows them.
package struct VersionList: Sendable, Encodable {
  /// By model, then number.
  package let versions: [VersionSummary]
  /// How many older versions there are beside them.
  package let olderVersions: Int
  /// How many older requests there are beside those whose exposures are shown.
  package let olderRequests: Int

  package init(versions: [VersionSummary], olderVersions: Int, olderRequests: Int) {
    self.versions = versions
    self.olderVersions = olderVersions
    self.olderRequests = olderRequests
  }
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
    try versions(newest: nil, requests: nil).versions
  }

  /// So many of the newest versions and those that an alias serves, and what they hold of the people of
  /// so many of the newest requests; nil means all.
  ///
  /// Cost: a sealed part for each of these requests; no manifest is decoded.
  package func versions(newest count: Int?, requests requestCount: Int?) throws -> VersionList {
    try reading { store in
      let all = store.state.versions.count
      var summaries = VersionSummaries(in: store)
      let ordinals = summaries.cases.suffix(requestCount ?? summaries.cases.count)
      let newest = max(0, all - (count ?? all))..<all
      // What is served is what a list is read for, however old it is.
      let served = Set(store.state.aliases.values.map(\.version)).subtracting(newest)
      let versions = (Array(served) + newest).map { store.state.entry($0) }.sorted {
        $0.model == $1.model ? $0.number < $1.number : ByteOrder.precedes($0.model, $1.model)
      }.map { summaries.summary(of: $0, toCases: Array(ordinals)) }
      return VersionList(
        versions: versions, olderVersions: all - versions.count,
        olderRequests: summaries.cases.count - ordinals.count)
    }
  }

  /// A version, with what it holds of the people of some requests; nil for all of them.
  package func version(_ name: String, requests count: Int? = nil) throws -> VersionDetails {
    try reading { store in
      let entry = try store.version(named: name)
      let certificate = store.state.certificates(of: entry.ordinal).last
      return VersionDetails(
        summary: try summary(of: entry, requests: count, in: store), weights: entry.weights,
        configuration: entry.configuration, modelRoot: entry.reference.modelRoot,
        lineage: try store.lineage(of: entry),
        certificate: try certificate.map { try store.certificate($0.envelope) })
    }
  }

  /// The version and its ancestors, the first first.
  package func lineage(of name: String) throws -> [VersionSummary] {
    try reading { store in
      let entry = try store.version(named: name)
      var summaries = VersionSummaries(in: store)
      let newest = Array(summaries.cases.suffix(Self.shownRequests))
      return store.ancestry(of: entry).reversed().map { summaries.summary(of: $0, toCases: newest) }
    }
  }

  /// Of how many requests a summary says what the version holds, unless it is asked for all.
  package static let shownRequests = 50

  /// A version, with what it holds of the people it holds most of, the newest requests first.
  func summary(
    of entry: VersionEntry, requests count: Int? = Self.shownRequests, in store: RegistryStore
  ) throws -> VersionSummary {
    var summaries = VersionSummaries(in: store)
    return summaries.summary(
      of: entry, toCases: summaries.cases(of: entry, first: count ?? summaries.cases.count))
  }
}
