import Datasets
import NeuralNetworks
import Records
import Registry

/// Features that have been made and not yet written, of records of one data set.
struct PendingFeatures {
  let manifest: Manifest
  private let width: Int
  private var values: [Float] = []
  /// The row of each position.
  private var rows: [Int: Int] = [:]

  init(_ part: StoredExamples.Part, width: Int) {
    manifest = part.dataset.manifest
    self.width = width
  }

  private init(_ manifest: Manifest, width: Int) {
    self.manifest = manifest
    self.width = width
  }

  var count: Int { rows.count }

  func contains(_ position: Int) -> Bool { rows[position] != nil }

  mutating func append(_ features: Tensor, at positions: [Int]) {
    precondition(features.shape == [positions.count, width], "features of another shape")
    for (index, position) in positions.enumerated() where rows[position] == nil {
      rows[position] = rows.count
      values += features.values[index * width..<(index + 1) * width]
    }
  }

  func append(_ position: Int, to target: inout [Float]) {
    guard let row = rows[position] else { preconditionFailure("no features at \(position)") }
    target += values[row * width..<(row + 1) * width]
  }

  /// Files of those that are not withheld, in ascending order of position.
  func drafts(
    without withheld: RecordSelection, root: Digest, key: Digest, _ environment: NumericEnvironment
  ) -> [DerivedDraft] {
    let kept = RecordSelection(rows.keys).subtracting(withheld).indices
    return stride(from: 0, to: kept.count, by: FeatureSegment.recordLimit).map { start in
      let positions = kept[start..<min(start + FeatureSegment.recordLimit, kept.count)]
      return FeatureSegment.draft(
        features(at: positions), of: RecordSelection(positions), root: root, key: key, environment)
    }
  }

  /// Only those that are withheld, which stay in memory.
  func keeping(_ withheld: RecordSelection) -> PendingFeatures {
    let positions = RecordSelection(rows.keys).intersection(withheld).indices[...]
    var rest = PendingFeatures(manifest, width: width)
    rest.append(features(at: positions), at: Array(positions))
    return rest
  }

  private func features(at positions: ArraySlice<Int>) -> Tensor {
    var features: [Float] = []
    features.reserveCapacity(positions.count * width)
    for position in positions { append(position, to: &features) }
    return Tensor(shape: [positions.count, width], values: features)
  }
}
