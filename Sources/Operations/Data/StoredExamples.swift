import Datasets
import NeuralNetworks
import Records

/// Records of data sets, read from where they lie when they are asked for.
///
/// They come data set after data set, in ascending order of position; labels alone are in memory.
struct StoredExamples: ExampleSource {
  /// The records of one data set.
  struct Part: Sendable {
    let manifest: Digest
    let dataset: Dataset
    let positions: [Int]
    /// The index of the first.
    let start: Int
  }

  let inputShape: [Int]
  let labels: [Int]
  let parts: [Part]

  /// - Throws: `DatasetError.noSuchPosition` for records that a data set does not have.
  init(_ material: Material, _ records: RecordsByManifest) throws {
    var parts: [Part] = []
    var labels: [Int] = []
    for source in material.sources {
      guard let selection = records[source.manifestDigest], !selection.isEmpty else { continue }
      let positions = selection.indices
      parts.append(
        Part(
          manifest: source.manifestDigest, dataset: source.dataset, positions: positions,
          start: labels.count))
      labels += try source.dataset.labels(at: positions)
    }
    inputShape = material.inputShape
    self.labels = labels
    self.parts = parts
  }

  func inputs(at indices: [Int]) throws -> Tensor {
    var values: [Float] = []
    var rest = indices[...]
    while let first = rest.first {
      guard let part = parts.last(where: { $0.start <= first }) else {
        preconditionFailure("record \(first) of \(count)")
      }
      let range = part.start..<part.start + part.positions.count
      let run = rest.prefix { range.contains($0) }
      precondition(!run.isEmpty, "record \(first) of \(count)")
      let inputs = try part.dataset.inputs(at: run.map { part.positions[$0 - part.start] })
      values = values.isEmpty ? inputs : values + inputs
      rest = rest.dropFirst(run.count)
    }
    return Tensor(shape: [indices.count] + inputShape, values: values)
  }
}
