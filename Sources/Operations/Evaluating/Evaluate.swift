import Datasets
import NeuralNetworks
import Records
import Registry

extension Workplace {
  /// Measures how well a version names the classes of a data set's records.
  ///
  /// One forward pass, batch by batch, and none where the registry has kept the features; logits and
  /// features go to their files as they come.
  ///
  /// - Throws: `Failure` and what the rooms throw for an unknown version or data set, records of
  ///   another shape, or a file that cannot be written.
  package func evaluate(_ order: EvaluateOrder) throws -> Evaluation {
    for path in [order.logitsPath, order.featuresPath].compactMap({ $0 }) {
      try checkOutside(path)
      guard !ReportFiles.exists(path) else {
        throw Failure(
          "'\(path)' is there already", hint: "remove it, or name another file")
      }
    }
    let subject = try assuring { store in try evaluated(order, in: store) }
    let (network, source, labels) = (subject.network, subject.source, subject.examples.labels)
    if network.configuration.labelNames != source.manifest.labelNames {
      notice(
        "the classes of \(subject.version.name) and of '\(order.dataset)' have other names")
    }
    let outputs = try Outputs(order, network, labels, subject.version, source)
    let predictions = try predict(network, subject.examples, outputs)
    try outputs.finish()
    try subject.shelf.flush()
    return Self.evaluation(
      of: subject.version, source, order, predictions, labels, trainedOn: subject.trainedOnCount)
  }

  /// What is evaluated.
  private struct Evaluated {
    let version: VersionEntry
    let network: Network
    let source: Material.Source
    let examples: StoredExamples
    let shelf: FeatureShelf
    let trainedOnCount: Int?
  }

  private func evaluated(_ order: EvaluateOrder, in store: RegistryStore) throws -> Evaluated {
    let version = try store.version(named: order.version)
    let network = try store.network(of: version)
    let material = try Material(datasets: [order.dataset], in: store)
    guard let source = material.sources.first else {
      throw Failure("there is no data set '\(order.dataset)'")
    }
    let selection = source.manifest.selection(of: order.split)
    guard !selection.isEmpty else {
      throw Failure(
        "data set '\(order.dataset)' has no records of the split '\(order.split.rawValue)'",
        hint: "name the other split with --split")
    }
    let shelf = FeatureShelf(
      network, in: try numericEnvironment(), registryPath: registryPath, withholding: nil,
      startedAt: now())
    return Evaluated(
      version: version, network: network, source: source,
      examples: try material.examples([source.root: selection], shelf: shelf),
      shelf: shelf,
      trainedOnCount: try store.trainedOnCount(of: selection, source.root, version))
  }

  /// The class with the greatest logit for each record, the first of equal ones.
  private func predict(
    _ network: Network, _ examples: StoredExamples, _ outputs: Outputs
  ) throws -> [Int] {
    var predictions: [Int] = []
    try network.check(examples)
    for chunk in examples.chunks {
      let features = try examples.features(at: chunk, by: network, threads: threads)
      let logits = network.classifier.logits(of: features)
      try outputs.features?.append(features.values)
      try outputs.logits?.append(logits.values)
      let classes = network.classifier.classCount
      for row in 0..<chunk.count {
        let scores = logits.values[row * classes..<(row + 1) * classes]
        let best = scores.indices.reduce(scores.startIndex) {
          scores[$1] > scores[$0] ? $1 : $0
        }
        predictions.append(best - scores.startIndex)
      }
      try progress(
        Progress(
          activity: "evaluating", done: predictions.count, total: examples.count))
    }
    return predictions
  }

  private static func evaluation(
    of version: VersionEntry, _ source: Material.Source, _ order: EvaluateOrder,
    _ predictions: [Int], _ labels: [Int], trainedOn: Int?
  ) -> Evaluation {
    let names = source.manifest.labelNames
    var counts = [Int](repeating: 0, count: names.count)
    var correct = counts
    for (label, prediction) in zip(labels, predictions) {
      counts[label] += 1
      if label == prediction { correct[label] += 1 }
    }
    return Evaluation(
      version: version.name, weights: version.weights, dataset: source.manifest.dataset,
      root: source.root, split: order.split,
      accuracy: Evaluation.Accuracy(correct: correct.reduce(0, +), of: labels.count),
      classes: names.indices.map {
        Evaluation.OfClass(
          label: $0, name: names[$0],
          accuracy: Evaluation.Accuracy(correct: correct[$0], of: counts[$0]))
      },
      trainedOnCount: trainedOn,
      files: [order.logitsPath, order.featuresPath].compactMap { $0 })
  }
}

extension RegistryStore {
  /// How many of the records a version, or an ancestor whose weights it began with, was trained on.
  ///
  /// - Returns: nil when what one of them was trained on is not known.
  fileprivate func trainedOnCount(
    of records: RecordSelection, _ root: Digest, _ version: VersionEntry
  ) throws -> Int? {
    let history = try training(of: version)
    guard history.isKnown else { return nil }
    return (history.records[root] ?? RecordSelection([])).intersection(records).count
  }
}

/// The files an evaluation leaves for other tools.
private struct Outputs {
  let logits: SafetensorsOutput?
  let features: SafetensorsOutput?

  init(
    _ order: EvaluateOrder, _ network: Network, _ labels: [Int], _ version: VersionEntry,
    _ source: Material.Source
  ) throws {
    let metadata = [
      "dataset": source.manifest.dataset, "root": source.root.description,
      "split": order.split.rawValue, "version": version.name,
      "weights": version.weights.description,
    ]
    logits = try order.logitsPath.map {
      try SafetensorsOutput(
        $0, name: "logits", columns: network.classifier.classCount, labels: labels,
        metadata: metadata)
    }
    features = try order.featuresPath.map {
      try SafetensorsOutput(
        $0, name: "features", columns: network.featureCount, labels: labels, metadata: metadata)
    }
  }

  func finish() throws {
    try logits?.finish()
    try features?.finish()
  }
}
