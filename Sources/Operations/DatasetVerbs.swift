import Datasets
package import Records
import Registry
import Signing

/// A data set as the command line shows it.
package struct DatasetSummary: Sendable, Encodable {
  package let name: String
  package let format: String
  package let manifest: Digest
  package let merkleRoot: Digest
  package let addedAt: String
  package let inputShape: [Int]
  package let labelNames: [String]
  package let trainingRecords: Int
  package let testRecords: Int
  /// What a selector can use, with the values there are, up to 20 of each.
  package let selectorKeys: [String: [String]]
}

extension Workplace {
  /// Adds a data set: reads it whole, digests every record, and keeps the manifest.
  package func addDataset(
    _ name: String, format: String?, files: [String], subjectKey: String?
  ) throws -> DatasetSummary {
    try writing { store in
      let format = format ?? (Formats.all.contains { $0.format == name } ? name : "ts")
      let source = DataSource(format: format, files: files.map { Self.absolute($0) })
      let dataset = try Dataset(
        named: name, reading: ReadingOptions(source: source, subjectKey: subjectKey),
        hash: SHA256.digest(of:))
      let root = MerkleTree.root(of: dataset.manifest.leaves.map(MerkleTree.leafHash))
      let entry = try store.addDataset(dataset.manifest, merkleRoot: root, at: now())
      return Self.summary(entry, dataset.manifest)
    }
  }

  package func datasets() throws -> [DatasetSummary] {
    try reading { store in
      try store.datasets().map { Self.summary($0, try store.manifest($0.manifest)) }
    }
  }

  package func dataset(_ name: String) throws -> DatasetSummary {
    try reading { store in
      let entry = try store.dataset(named: name)
      return Self.summary(entry, try store.manifest(entry.manifest))
    }
  }

  private static func summary(_ entry: DatasetEntry, _ manifest: Manifest) -> DatasetSummary {
    var keys: [String: [String]] = ["class": Array(manifest.labelNames.prefix(20))]
    for key in manifest.subjectKeys {
      keys[key] = Array(Set(manifest.records.compactMap { $0.subjects[key] }).sorted().prefix(20))
    }
    return DatasetSummary(
      name: entry.name, format: manifest.source.format, manifest: entry.manifest,
      merkleRoot: entry.merkleRoot, addedAt: entry.addedAt, inputShape: manifest.inputShape,
      labelNames: manifest.labelNames, trainingRecords: manifest.selection(of: .training).count,
      testRecords: manifest.selection(of: .test).count, selectorKeys: keys)
  }
}
