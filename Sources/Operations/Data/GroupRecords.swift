import Datasets
import Records
import Registry

extension Manifest {
  /// The records of a split about anybody a selector means, also where the data set knows only some
  /// of its keys and values.
  ///
  /// A request for a group must keep out those of the group that are there; that others are not does
  /// not matter.
  func records(aboutAnybodyIn group: Selector, in split: Split) -> RecordSelection {
    let alternatives = group.alternatives.map { alternative -> Set<Int> in
      let terms = alternative.map { positions(matching: $0, in: split) }
      return terms.dropFirst().reduce(terms.first ?? []) { $0.intersection($1) }
    }
    return RecordSelection(alternatives.reduce(into: Set<Int>()) { $0.formUnion($1) })
  }

  private func positions(matching term: Selector.Term, in split: Split) -> Set<Int> {
    // One selection for all values, or, where some are not known here, one for each that is.
    if let all = positions(ofAll: term, in: split) { return all }
    return term.single.reduce(into: []) { $0.formUnion(positions(ofAll: $1, in: split) ?? []) }
  }

  private func positions(ofAll term: Selector.Term, in split: Split) -> Set<Int>? {
    (try? selection(matching: Selector(term: term), in: split)).map { Set($0.indices) }
  }
}

extension RegistryStore {
  /// The records of a split of a data set about anybody a selector means; maybe none.
  ///
  /// Opens the manifest only where the selector speaks of classes or record ids.
  func records(
    aboutAnybodyIn group: Selector, in split: Split, of root: Digest
  ) throws -> RecordSelection {
    try records(about: group, in: split, of: root)
      ?? manifest(root).records(aboutAnybodyIn: group, in: split)
  }
}

extension Material {
  /// The records of a split about anybody a selector means, data set by data set; maybe none.
  func records(aboutAnybodyIn group: Selector, in split: Split) -> RecordsByManifest {
    var records: RecordsByManifest = [:]
    for source in sources {
      let found = source.manifest.records(aboutAnybodyIn: group, in: split)
      if !found.isEmpty { records[source.root] = found }
    }
    return records
  }
}
