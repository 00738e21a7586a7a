import Datasets
package import NeuralNetworks
import Records

/// Records of data sets, read from where they lie when they are asked for.
///
/// They come data set after data set, in ascending order of position; labels alone are in memory.
package struct StoredExamples: ExampleSource {
  /// The records of one data set.
  struct Part: Sendable {
    /// Of the data set's tree.
    let root: Digest
    let dataset: Dataset
    let positions: [Int]
    /// The index of the first.
    let start: Int
  }

  package let inputShape: [Int]
  package let labels: [Int]
  let parts: [Part]
  private let shelf: FeatureShelf?

  /// Records whose features are on a shelf or, without one, are made each time.
  ///
  /// - Throws: `DatasetError.noSuchPosition` for records that a data set does not have.
  init(_ material: Material, _ records: RecordsByManifest, shelf: FeatureShelf?) throws {
    var parts: [Part] = []
    var labels: [Int] = []
    for source in material.sources {
      guard let selection = records[source.root], !selection.isEmpty else { continue }
      let positions = selection.indices
      parts.append(
        Part(
          root: source.root, dataset: source.dataset, positions: positions,
          start: labels.count))
      labels += try source.dataset.labels(at: positions)
    }
    inputShape = material.inputShape
    self.labels = labels
    self.parts = parts
    self.shelf = shelf
  }

  package func inputs(at indices: [Int]) throws -> Tensor {
    let values = try rows(at: indices, width: inputShape.reduce(1, *)) { part, positions in
      try part.dataset.inputs(at: positions)
    }
    return Tensor(shape: [indices.count] + inputShape, values: values)
  }

  package func features(at indices: [Int], by network: Network, threads: Int) throws -> Tensor {
    guard let shelf, shelf.holds(network) else {
      return network.features(of: try inputs(at: indices), threads: threads)
    }
    let values = try rows(at: indices, width: network.featureCount) { part, positions in
      try shelf.features(of: part, at: positions) { missing in
        let inputs = Tensor(
          shape: [missing.count] + inputShape, values: try part.dataset.inputs(at: missing))
        return network.features(of: inputs, threads: threads)
      }.values
    }
    return Tensor(shape: [indices.count, network.featureCount], values: values)
  }

  /// Reads runs of indices that lie in one data set, by their positions, one below the other.
  private func rows(
    at indices: [Int], width: Int, _ read: (Part, [Int]) throws -> [Float]
  ) throws -> [Float] {
    var values: [Float] = []
    var rest = indices[...]
    while let first = rest.first {
      guard let part = parts.last(where: { $0.start <= first }) else {
        preconditionFailure("record \(first) of \(count)")
      }
      let range = part.start..<part.start + part.positions.count
      let run = rest.prefix { range.contains($0) }
      precondition(!run.isEmpty, "record \(first) of \(count)")
      let rows = try read(part, run.map { part.positions[$0 - part.start] })
      values = values.isEmpty ? rows : values + rows
      rest = rest.dropFirst(run.count)
    }
    precondition(values.count == indices.count * width, "rows of another width")
    return values
  }
}
