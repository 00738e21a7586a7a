import Records

extension RegistryAudit {
  /// That what is sealed of every data set comes to the root by which the log names it, and that its
  /// table of subjects is that of its manifest; those that this user cannot open were told of already.
  mutating func checkDatasets() throws {
    for dataset in store.state.datasets {
      let scope = SealedScope.dataset(dataset.name)
      try advance(scope.folder)
      guard let opening = try? store.opening(of: dataset) else { continue }
      let file = scope.file(dataset.opening)
      guard let tree = DatasetTree(opening), tree.root == dataset.root,
        opening.manifest.records.count == dataset.recordCount,
        opening.manifest.dataset == dataset.name
      else {
        find(file, "does not verify: it is not of the data set '\(dataset.name)' of the log")
        continue
      }
      guard let head = try? store.head(of: dataset) else { continue }
      let shelves = head.subjects.compactMap { try? store.shelf($0, of: dataset) }
      guard shelves.count == head.subjects.count else { continue }
      if shelves != tree.subjects.shelves {
        find(
          file, "does not verify: its subjects are not those of the data set '\(dataset.name)'")
      }
    }
  }
}
