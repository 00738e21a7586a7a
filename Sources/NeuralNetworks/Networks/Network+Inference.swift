extension Network {
  /// The features of inputs before preprocessing, `[n, d]`, with running statistics.
  ///
  /// Each worker takes whole images through all layers. A record's features depend on the record and
  /// the network alone, to the last bit: neither on the records beside it nor on the threads. Inputs
  /// of another shape are a broken caller; `check` says beforehand.
  package func features(of inputs: Tensor, threads: Int) -> Tensor {
    let count = inputs.shape[0]
    let length = Tensor.elementCount(configuration.inputShape)
    precondition(
      Array(inputs.shape.dropFirst()) == configuration.inputShape,
      "inputs of shape \(inputs.shape) for a network of \(configuration.inputShape)")
    let prepared = preparation.extractor {
      PreparedExtractor(fused, extractorTensors, threads: threads)
    }
    let run = imagesPerRun(count, threads: threads)
    let values = Parallel.filledArray(
      imageCount: count, length: featureCount, imagesPerTask: run.images * run.perTask,
      threads: threads
    ) { task, features in
      var workspace = PreparedExtractor.Workspace(prepared)
      for first in stride(from: task.lowerBound, to: task.upperBound, by: run.images) {
        let images = first..<min(first + run.images, task.upperBound)
        let input = configuration.preprocessing.apply(
          to: inputs.values.span.extracting(
            images.lowerBound * length..<images.upperBound * length))
        let result = prepared.features(of: input, imageCount: images.count, in: &workspace)
        let start = (first - task.lowerBound) * featureCount
        for index in 0..<images.count * featureCount { features[start + index] = result[index] }
      }
    }
    return Tensor(shape: [count, featureCount], values: values)
  }

  /// At most so many elements of one layer's output are held by a worker.
  private static let heldElements = 1 << 23

  /// The images that go through the layers together, and the runs that a worker takes in one go.
  ///
  /// Many images at a time make large products of the last, small layers; memory bounds them.
  private func imagesPerRun(_ count: Int, threads: Int) -> (images: Int, perTask: Int) {
    let largest = fused.shapes.map(\.elementCount).max() ?? 1
    let images = max(1, min(64, Self.heldElements / largest, (count + threads - 1) / threads))
    let runs = (count + images - 1) / images
    return (images, max(1, min(16, runs / (4 * threads))))
  }

  /// The logits of inputs before preprocessing, `[n, classes]`, with running statistics.
  package func logits(of inputs: Tensor, threads: Int) -> Tensor {
    classifier.logits(of: features(of: inputs, threads: threads), threads: threads)
  }

  /// Whether the network can take these records.
  ///
  /// - Throws: `NetworkError.inputShape` or `.labelOutOfRange` naming the first that does not fit.
  package func check(_ examples: any ExampleSource) throws(NetworkError) {
    let shape = examples.inputShape
    guard shape == configuration.inputShape else {
      throw NetworkError.inputShape(found: shape, expected: configuration.inputShape)
    }
    let (labels, classCount) = (examples.labels, configuration.classCount)
    if let record = labels.firstIndex(where: { $0 < 0 || $0 >= classCount }) {
      throw NetworkError.labelOutOfRange(
        labels[record], record: record, classCount: classCount)
    }
  }
}
