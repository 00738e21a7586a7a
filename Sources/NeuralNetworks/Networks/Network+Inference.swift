extension Network {
  /// The features of inputs before preprocessing, `[n, d]`, with running statistics.
  ///
  /// Each worker takes whole images, eight at a time, through all layers. The last bits of a record's
  /// features may depend on its place among the others, never on the threads: to compare bytes,
  /// hand in the same records in the same order. Inputs of another shape are a broken caller;
  /// `check` says beforehand.
  package func features(of inputs: Tensor, threads: Int) -> Tensor {
    let count = inputs.shape[0]
    let length = Tensor.elementCount(configuration.inputShape)
    precondition(
      Array(inputs.shape.dropFirst()) == configuration.inputShape,
      "inputs of shape \(inputs.shape) for a network of \(configuration.inputShape)")
    let values = Parallel.array(
      imageCount: count, part: .perImage(featureCount), threads: threads
    ) { images, features in
      let input = configuration.preprocessing.apply(
        to: inputs.values.span.extracting(
          images.lowerBound * length..<images.upperBound * length))
      let pass = LayerPass(imageCount: images.count, mode: .frozen, threads: 1)
      let trace = extractor.forward(input, extractorTensors, pass)
      let result = trace.features
      for index in result.indices { features[index] = result[index] }
    }
    return Tensor(shape: [count, featureCount], values: values)
  }

  /// The logits of inputs before preprocessing, `[n, classes]`, with running statistics.
  package func logits(of inputs: Tensor, threads: Int) -> Tensor {
    classifier.logits(of: features(of: inputs, threads: threads), threads: threads)
  }

  /// Whether the network can take these records.
  ///
  /// - Throws: `NetworkError.inputShape` or `.labelOutOfRange` naming the first that does not fit.
  package func check(_ examples: Examples) throws(NetworkError) {
    let shape = Array(examples.inputs.shape.dropFirst())
    guard shape == configuration.inputShape else {
      throw NetworkError.inputShape(found: shape, expected: configuration.inputShape)
    }
    let classCount = configuration.classCount
    if let record = examples.labels.firstIndex(where: { $0 < 0 || $0 >= classCount }) {
      throw NetworkError.labelOutOfRange(
        examples.labels[record], record: record, classCount: classCount)
    }
  }
}
