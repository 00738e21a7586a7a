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
    try reading { store in try store.versions().map { try summary(of: $0, in: store) } }
  }

  package func version(_ name: String) throws -> VersionDetails {
    try reading { store in
      let entry = try store.version(named: name)
      let certificate = try store.certificates(of: entry.digest).last
      return VersionDetails(
        summary: try summary(of: entry, in: store), weights: entry.weights,
        configuration: entry.configuration, modelRoot: entry.reference.modelRoot,
        lineage: entry.lineage,
        certificate: try certificate.map {
          try store.certificate(in: store.blobs.read($0.envelope))
        })
    }
  }

  /// The version and its ancestors, the first first.
  package func lineage(of name: String) throws -> [VersionSummary] {
    try reading { store in
      let entry = try store.version(named: name)
      return try store.ancestry(of: entry.digest).reversed().map { try summary(of: $0, in: store) }
    }
  }

  func summary(of entry: VersionEntry, in store: RegistryStore) throws -> VersionSummary {
    let lineage = entry.lineage
    var exposures: [String: Exposure] = [:]
    for request in try store.requests() where request.state != .refused {
      exposures[request.id] = try store.exposure(of: entry.digest, to: request).overall
    }
    return VersionSummary(
      name: entry.name, digest: entry.digest, createdAt: lineage.createdAt,
      parent: try lineage.parent.map { try store.version($0).name }, origin: lineage.origin,
      method: Climb.title(lineage.recipe),
      extractorRecords: lineage.extractor.recordCount,
      classifierRecords: lineage.classifier.recordCount,
      aliases: try store.aliases(of: lineage.model).filter { $0.version == entry.digest }
        .map(\.name),
      request: lineage.request,
      verdict: try store.certificates(of: entry.digest).last?.verdict, exposures: exposures)
  }
}

extension TrainingData {
  fileprivate var recordCount: Int? {
    isKnown ? sets.reduce(0) { $0 + $1.records.count } : nil
  }
}

extension RegistryStore {
  /// What a version holds of a request's person, by manifests alone: the data is not read.
  func exposure(
    of version: Digest, to request: DeletionRequest
  ) throws -> ComponentExposure {
    var person: RecordsByManifest = [:]
    for dataset in try datasets() {
      let manifest = try manifest(dataset.manifest)
      let records = manifest.records(aboutAnybodyIn: request.selector, in: .training)
      if !records.isEmpty { person[dataset.manifest] = records }
    }
    return try exposure(of: version, to: person).components
  }
}
