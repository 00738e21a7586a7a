import Datasets
import Records
import Registry

extension Manifest {
  /// The records of any split about anybody a selector means; maybe none.
  func records(aboutAnybodyIn group: Selector) -> RecordSelection {
    Split.allCases.reduce(RecordSelection([])) {
      $0.union(records(aboutAnybodyIn: group, in: $1))
    }
  }
}

extension RegistryStore {
  /// The requests in states that say so.
  ///
  /// - Throws: `RegistryError.sealed` when it cannot be told whose such a request is.
  func requests(where isMeant: (RequestState) -> Bool) throws -> [DeletionRequest] {
    try state.cases.indices.filter { isMeant(state.requestState(of: $0)) }
      .map { try request(at: $0) }
  }

  /// The records of a data set from which nothing may be derived and kept, and those of one subject.
  func withheldRecords(
    of manifest: Manifest, besides subject: Selector?
  ) throws -> RecordSelection {
    let met = try requests { $0.forbidsDerivedData }.map(\.selector)
    return (met + [subject].compactMap { $0 }).reduce(RecordSelection([])) {
      $0.union(manifest.records(aboutAnybodyIn: $1))
    }
  }

  /// Erases what was made from the records of the persons whose requests have been met, and says so
  /// in the log.
  ///
  /// Each file that has such rows is replaced by one without them. Done once, there is nothing to do.
  func eraseDerivedData(at time: String) throws {
    var withheld: [Digest: RecordSelection] = [:]
    var erased: [Digest] = []
    for entry in try derivedData() {
      let records =
        try withheld[entry.root]
        ?? withheldRecords(of: try manifest(entry.root), besides: nil)
      withheld[entry.root] = records
      guard !entry.records.intersection(records).isEmpty else { continue }
      let rest = try FeatureSegment.draft(try open(entry), without: records)
      try erase(entry, leaving: rest, at: time)
      erased.append(entry.digest)
    }
    guard !erased.isEmpty else { return }
    try commit(at: time) { batch in
      for file in erased { try batch.add(DerivedErased(file: file)) }
    }
  }
}
