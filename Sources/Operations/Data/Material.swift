import Datasets
import NeuralNetworks
package import Records
import Signing

/// Records of several data sets: positions by the digest of their manifest.
package typealias RecordsByManifest = [Digest: RecordSelection]

/// Data sets opened for a piece of work, each held against its manifest.
package struct Material {
  /// One data set: its manifest's digest and its records.
  struct Source {
    let manifestDigest: Digest
    let dataset: Dataset
    var manifest: Manifest { dataset.manifest }

    /// Made of every record's canonical text, when it is asked for.
    var merkleRoot: Digest { MerkleTree.root(of: manifest.leaves.map(MerkleTree.leafHash)) }
  }

  /// Sorted by data set name, so that examples always come in the same order.
  let sources: [Source]

  init(_ sources: [Source]) {
    self.sources = sources.sorted {
      ($0.manifest.dataset, $0.manifestDigest) < ($1.manifest.dataset, $1.manifestDigest)
    }
  }

  /// Opens the data sets of the manifests given, which must agree in shape.
  init(manifests: [(digest: Digest, bytes: [UInt8])]) throws {
    var sources: [Source] = []
    for (digest, bytes) in manifests {
      let manifest = try CanonicalText.decode(
        Manifest.self, from: bytes, what: "manifest \(digest.short)")
      let dataset = try Dataset(reopening: manifest, hash: SHA256.digest(of:))
      sources.append(Source(manifestDigest: digest, dataset: dataset))
    }
    self.init(sources)
    guard let first = self.sources.first else { return }
    for other in self.sources where other.manifest.inputShape != first.manifest.inputShape {
      throw Failure(
        "data sets '\(first.manifest.dataset)' and '\(other.manifest.dataset)' differ in shape: "
          + "\(first.manifest.inputShape) and \(other.manifest.inputShape)")
    }
  }

  /// The shape of one record, `[height, width, channels]`.
  var inputShape: [Int] { sources.first?.manifest.inputShape ?? [0, 0, 0] }

  /// The examples at those positions, data set after data set.
  package func examples(
    _ records: RecordsByManifest, shelf: FeatureShelf? = nil
  ) throws -> StoredExamples {
    try StoredExamples(self, records, shelf: shelf)
  }

  /// The test records, apart from those given.
  func testRecords(without person: RecordsByManifest) -> RecordsByManifest {
    var records: RecordsByManifest = [:]
    for source in sources {
      let test = source.manifest.selection(of: .test)
      records[source.manifestDigest] = test.subtracting(
        person[source.manifestDigest] ?? RecordSelection([]))
    }
    return records
  }

  /// The person's records of a split, data set by data set.
  ///
  /// A data set that does not know the selector's keys or values simply has none of the person;
  /// when no data set knows them, the first one's explanation is thrown.
  func records(of person: Selector, in split: Split) throws -> RecordsByManifest {
    var records: RecordsByManifest = [:]
    var explanation: DatasetError?
    for source in sources {
      do throws(DatasetError) {
        let selection = try source.manifest.selection(matching: person, in: split)
        if !selection.isEmpty { records[source.manifestDigest] = selection }
      } catch {
        explanation = explanation ?? error
      }
    }
    if records.isEmpty, split == .training, let explanation { throw explanation }
    return records
  }
}

extension RecordsByManifest {
  var recordCount: Int { values.reduce(0) { $0 + $1.count } }

  func intersecting(_ other: RecordsByManifest) -> RecordsByManifest {
    combined(with: other) { $0.intersection($1) }
  }

  func subtracting(_ other: RecordsByManifest) -> RecordsByManifest {
    combined(with: other) { $0.subtracting($1) }
  }

  func union(_ other: RecordsByManifest) -> RecordsByManifest {
    merging(other) { $0.union($1) }
  }

  private func combined(
    with other: RecordsByManifest,
    _ operation: (RecordSelection, RecordSelection) -> RecordSelection
  ) -> RecordsByManifest {
    var result: RecordsByManifest = [:]
    for (manifest, selection) in self {
      let combined = operation(selection, other[manifest] ?? RecordSelection([]))
      if !combined.isEmpty { result[manifest] = combined }
    }
    return result
  }
}
