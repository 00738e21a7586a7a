package import Records

extension RegistryStore {
  /// The data set of that name.
  package func dataset(named name: String) throws(RegistryError) -> DatasetState {
    if let found = state.datasets.first(where: { $0.name == name }) { return found }
    let known = state.datasets.map(\.name)
    throw .unknown(
      what: "data set", name: name, known: known, nearest: Spelling.nearest(to: name, among: known))
  }

  /// Checks that a name may be a data set's.
  package func checkNewDataset(_ name: String) throws(RegistryError) {
    try RegistryName.check(name, for: "a data set")
  }

  /// Checks that a name may be a policy's.
  package func checkPolicyName(_ name: String) throws(RegistryError) {
    try RegistryName.check(name, for: "a policy")
  }

  /// How many records lie in a sealed part.
  private static let recordsPerShelf = 4096

  /// Seals a new data set: its records and salts, and the table in which subjects are looked up.
  ///
  /// - Returns: what the log is to say of it.
  package func seal(_ manifest: Manifest) throws(RegistryError) -> DatasetAdded {
    let scope = SealedScope.dataset(manifest.dataset)
    let opening = try DatasetTree.opening(of: manifest)
    guard let tree = DatasetTree(opening) else { preconditionFailure("salts, one a record") }
    var records: [Digest] = []
    for start in stride(from: 0, to: manifest.records.count, by: Self.recordsPerShelf) {
      let range = start..<min(start + Self.recordsPerShelf, manifest.records.count)
      let shelf = RecordShelf(
        records: Array(manifest.records[range]), salts: Array(opening.salts[range]))
      records.append(try sealed.seal(shelf, in: scope))
    }
    var subjects: [Digest] = []
    for shelf in tree.subjects.shelves {
      subjects.append(try sealed.seal(SubjectShelf(rows: shelf.text), in: scope))
    }
    let head = DatasetHead(of: opening, records: records, subjects: subjects)
    return DatasetAdded(
      dataset: manifest.dataset, root: tree.root, recordCount: manifest.records.count,
      opening: try sealed.seal(head, in: scope))
  }

  /// The part of a data set that names its others.
  func head(of dataset: DatasetState) throws(RegistryError) -> DatasetHead {
    if let known = heads[dataset.opening] { return known }
    let scope = SealedScope.dataset(dataset.name)
    let head = try sealed.open(DatasetHead.self, dataset.opening, in: scope)
    guard head.subjects.count.nonzeroBitCount == 1, head.subjects.count <= 1 << 24 else {
      throw .corrupted(
        file: scope.file(dataset.opening), reason: "it names no table of its subjects")
    }
    // Before any of them is opened: a name is short, and what lies under it may be long.
    let shelves = (dataset.recordCount + Self.recordsPerShelf - 1) / Self.recordsPerShelf
    guard head.records.count == shelves,
      Set(head.records + head.subjects).count == shelves + head.subjects.count
    else {
      throw .corrupted(
        file: scope.file(dataset.opening),
        reason: "it does not name \(shelves) parts of its \(dataset.recordCount) records, each once"
      )
    }
    heads[dataset.opening] = head
    return head
  }

  /// What is sealed of a data set, whole.
  package func opening(of dataset: DatasetState) throws(RegistryError) -> DatasetOpening {
    let head = try head(of: dataset)
    let shelves = try sealed.openAll(
      RecordShelf.self, head.records, in: .dataset(dataset.name), threads: threads)
    return head.opening(with: shelves)
  }

  /// The manifest of the data set with that root.
  package func manifest(_ root: Digest) throws(RegistryError) -> Manifest {
    if let known = manifests[root] { return known }
    guard let dataset = state.dataset(root) else {
      throw .unknown(
        what: "data set", name: root.short, known: state.datasets.map(\.name), nearest: nil)
    }
    let manifest = try opening(of: dataset).manifest
    guard manifest.records.count == dataset.recordCount else {
      throw .corrupted(
        file: SealedScope.dataset(dataset.name).file(dataset.opening),
        reason: "it has \(manifest.records.count) records, and the log says \(dataset.recordCount)")
    }
    manifests[root] = manifest
    return manifest
  }

  /// Which records of a data set a step of training read.
  package func records(of set: TrainingSet) throws(RegistryError) -> RecordSelection {
    let opening = try sealed.open(RecordsOpening.self, set.opening, in: .lineage)
    // Before anything is listed: a range of a trillion is a few digits.
    guard opening.root == set.root, opening.records.count == set.recordCount,
      opening.records.upperBound <= state.dataset(set.root)?.recordCount ?? 0
    else {
      throw .corrupted(
        file: SealedScope.lineage.file(set.opening), reason: "it is of other records")
    }
    return opening.records
  }

  /// Seals which records of a data set a step of training reads.
  package func seal(
    _ records: RecordSelection, of dataset: String, root: Digest
  ) throws(RegistryError) -> TrainingSet {
    let opening = try sealed.seal(RecordsOpening(root: root, records: records), in: .lineage)
    return TrainingSet(
      dataset: dataset, root: root, recordCount: records.count, opening: opening)
  }
}
