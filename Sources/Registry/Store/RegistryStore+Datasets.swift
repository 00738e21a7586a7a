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

  /// What is sealed of a data set.
  package func opening(of dataset: DatasetState) throws(RegistryError) -> DatasetOpening {
    try sealed.open(DatasetOpening.self, dataset.opening, in: .dataset(dataset.name))
  }

  /// The manifest of the data set with that root.
  package func manifest(_ root: Digest) throws(RegistryError) -> Manifest {
    if let known = manifests[root] { return known }
    guard let dataset = state.dataset(root) else {
      throw .unknown(
        what: "data set", name: root.short, known: state.datasets.map(\.name), nearest: nil)
    }
    let manifest = try opening(of: dataset).manifest
    manifests[root] = manifest
    return manifest
  }

  /// Which records of a data set a step of training read.
  package func records(of set: TrainingSet) throws(RegistryError) -> RecordSelection {
    let opening = try sealed.open(RecordsOpening.self, set.opening, in: .lineage)
    guard opening.root == set.root, opening.records.count == set.recordCount else {
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
