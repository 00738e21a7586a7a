package import NeuralNetworks

/// All that the classifier needs to know of a set of records: features and labels.
///
/// The features come from the extractor in evaluation mode, each row extended by the constant 1, so
/// that the bias is a column of the classifier: z̃ = [z; 1], D = d + 1. They are made once.
package struct FeaturePack: Sendable {
  /// Z̃ `[N, D]`, row-major.
  package let features: [Double]
  package let labels: [Int]
  /// D, the length of a row.
  package let dimension: Int

  /// A pack of features `[N, d]` and as many labels.
  package init(features: Tensor, labels: [Int]) {
    self.init(features: [features], labels: labels)
  }

  /// A pack of features in parts `[n, d]`, one below the other, and as many labels.
  private init(features parts: [Tensor], labels: [Int]) {
    precondition(
      parts.reduce(0) { $0 + $1.shape[0] } == labels.count && !labels.isEmpty,
      "\(labels.count) labels for features of shapes \(parts.map(\.shape))")
    let width = parts[0].shape[1]
    var extended: [Double] = []
    extended.reserveCapacity(labels.count * (width + 1))
    for part in parts {
      let values = part.values.span
      for row in 0..<part.shape[0] {
        for column in row * width..<(row + 1) * width { extended.append(Double(values[column])) }
        extended.append(1)
      }
    }
    self.init(extended: extended, labels: labels, dimension: width + 1)
  }

  /// The pack that a network's extractor makes of records.
  package init(_ network: Network, _ examples: any ExampleSource, threads: Int) throws {
    self.init(
      features: try examples.chunks.map {
        try examples.features(at: $0, by: network, threads: threads)
      }, labels: examples.labels)
  }

  private init(extended: [Double], labels: [Int], dimension: Int) {
    features = extended
    self.labels = labels
    self.dimension = dimension
  }

  package var count: Int { labels.count }

  /// The records with the given indices, in their order.
  package func selecting(_ indices: [Int]) -> FeaturePack {
    FeaturePack(
      extended: indices.flatMap { features[$0 * dimension..<($0 + 1) * dimension] },
      labels: indices.map { labels[$0] }, dimension: dimension)
  }
}
