/// Records in memory: inputs before preprocessing, and their labels.
package struct Examples: ExampleSource {
  /// `[records, height, width, channels]`.
  package let inputs: Tensor
  package let labels: [Int]

  package init(inputs: Tensor, labels: [Int]) {
    precondition(
      inputs.shape.count == 4 && inputs.shape[0] == labels.count,
      "\(labels.count) labels for inputs of shape \(inputs.shape)")
    self.inputs = inputs
    self.labels = labels
  }

  package var inputShape: [Int] { Array(inputs.shape.dropFirst()) }

  package func inputs(at indices: [Int]) -> Tensor { inputs.selectingRows(indices) }

  /// The records with the given indices, in their order.
  package func selecting(_ indices: [Int]) -> Examples {
    Examples(inputs: inputs.selectingRows(indices), labels: indices.map { labels[$0] })
  }
}
