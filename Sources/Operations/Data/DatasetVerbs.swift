import Datasets
import Records
import Registry
import Signing

extension Workplace {
  /// The formats that can be read, with a line on each.
  package static var formats: [(name: String, summary: String)] {
    Formats.all.map { ($0.format, $0.summary) }
  }

  /// Adds a data set of a training file and, if wanted, a test file.
  package func addDataset(
    _ name: String, format: String?, files: [String], subjectKey: String?
  ) throws -> DatasetSummary {
    var order = DatasetOrder(name: name)
    order.format = format
    order.training = Array(files.prefix(1))
    order.test = Array(files.dropFirst())
    order.subjectKey = subjectKey
    return try addDataset(order)
  }

  /// Adds a data set: reads it whole, digests every record, and keeps the manifest.
  ///
  /// - Throws: `Failure` or `DatasetError` naming what in the order, or in the data, cannot be.
  package func addDataset(_ order: DatasetOrder) throws -> DatasetSummary {
    try writing { store in
      try store.checkNewDataset(order.name)
      let source = try Self.source(order)
      let subjects = try order.subjectsPath.map {
        try SubjectList.parse(
          PlainFile.read($0, sizeLimit: SubjectList.sizeLimit), file: $0)
      }
      let dataset = try Dataset(
        named: order.name,
        reading: ReadingOptions(source: source, subjectKey: order.subjectKey),
        subjects: subjects ?? [:], hash: SHA256.digest(of:))
      let entry = try add(dataset.manifest, to: store)
      return Self.summary(entry, dataset.manifest)
    }
  }

  /// Adds a manifest under new salts; the same manifest again changes nothing.
  private func add(_ manifest: Manifest, to store: RegistryStore) throws -> DatasetState {
    if let present = try known(manifest, in: store) { return present }
    let added = try store.seal(manifest)
    return try store.commit(at: now()) { batch in
      if let present = try known(manifest, in: store) { return present }
      try batch.add(added)
      return batch.state.datasets[batch.state.datasets.count - 1]
    }
  }

  /// The data set of that name, if it has the same records.
  ///
  /// - Throws: `RegistryError.taken` when it has others.
  private func known(_ manifest: Manifest, in store: RegistryStore) throws -> DatasetState? {
    guard let present = store.state.datasets.first(where: { $0.name == manifest.dataset }) else {
      return nil
    }
    guard try store.manifest(present.root) == manifest else {
      throw RegistryError.taken(what: "data set", name: manifest.dataset)
    }
    return present
  }

  private static func source(_ order: DatasetOrder) throws -> DataSource {
    let isFormat = Formats.all.contains { $0.format == order.name }
    let format = order.format ?? (isFormat ? order.name : TSReader.format)
    guard order.size == nil || format == FolderReader.format else {
      throw Failure(
        "only pictures of the format '\(FolderReader.format)' can be brought to a size",
        hint: "leave --size out")
    }
    var (training, test) = (order.training, order.test)
    if let folder = order.folder {
      (training, test) = try Formats.reader(of: format).files(in: absolute(folder))
    }
    // The files of these two formats say by their order alone which holds the test records.
    if [TSReader.format, JapaneseVowelsReader.format].contains(format) {
      return DataSource(format: format, files: (training + test).map { absolute($0) })
    }
    return DataSource(
      format: format, training: training.map { absolute($0) }, test: test.map { absolute($0) },
      settings: order.size.map { [FolderReader.sizeSetting: $0] } ?? [:])
  }

  package func datasets() throws -> [DatasetSummary] {
    try reading { store in
      try store.state.datasets.sorted { ByteOrder.precedes($0.name, $1.name) }
        .map { try Self.summary($0, in: store) }
    }
  }

  package func dataset(_ name: String) throws -> DatasetSummary {
    try reading { store in
      let entry = try store.dataset(named: name)
      return try Self.summary(entry, in: store)
    }
  }

  /// What the log says of a data set, and what is sealed of it as far as this user may read that.
  private static func summary(
    _ entry: DatasetState, in store: RegistryStore
  ) throws -> DatasetSummary {
    do throws(RegistryError) {
      return summary(entry, try store.manifest(entry.root))
    } catch {
      guard case .sealed = error else { throw error }
      return DatasetSummary(
        name: entry.name, root: entry.root, addedAt: entry.time, records: entry.recordCount,
        contents: nil)
    }
  }

  private static func summary(_ entry: DatasetState, _ manifest: Manifest) -> DatasetSummary {
    var keys: [String: [String]] = ["class": Array(manifest.labelNames.prefix(20))]
    for key in manifest.subjectKeys {
      keys[key] = Array(Set(manifest.records.compactMap { $0.subjects[key] }).sorted().prefix(20))
    }
    return DatasetSummary(
      name: entry.name, root: entry.root, addedAt: entry.time, records: entry.recordCount,
      contents: .init(
        format: manifest.source.format, inputShape: manifest.inputShape,
        labelNames: manifest.labelNames,
        trainingRecords: manifest.selection(of: .training).count,
        testRecords: manifest.selection(of: .test).count, selectorKeys: keys))
  }
}
