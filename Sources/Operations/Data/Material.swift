import Datasets
import NeuralNetworks
package import Records
import Signing

/// Records of several data sets: positions by the root of the data set's tree.
package typealias RecordsByManifest = [Digest: RecordSelection]

/// Data sets opened for a piece of work, each held against its manifest.
package struct Material {
  /// One data set: the root of its tree, and its records.
  struct Source {
    let root: Digest
    let dataset: Dataset
    var manifest: Manifest { dataset.manifest }
  }

  /// Sorted by data set name, so that examples always come in the same order.
  let sources: [Source]

  init(_ sources: [Source]) {
    self.sources = sources.sorted {
      ($0.manifest.dataset, $0.root) < ($1.manifest.dataset, $1.root)
    }
  }

  /// Opens the data sets of the manifests given, which must agree in shape.
  init(datasets: [(root: Digest, manifest: Manifest)]) throws {
    var sources: [Source] = []
    for (root, manifest) in datasets {
      let dataset = try Dataset(reopening: manifest, hash: SHA256.digest(of:))
      sources.append(Source(root: root, dataset: dataset))
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
      records[source.root] = test.subtracting(
        person[source.root] ?? RecordSelection([]))
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
        if !selection.isEmpty { records[source.root] = selection }
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
