import Datasets
import Records
import Registry

extension RequestState {
  /// Whether nothing that was made from the person's records may be kept any more.
  var forbidsDerivedData: Bool {
    switch self {
    case .mitigated, .closed: true
    case .received, .approved, .refused: false
    }
  }
}

extension Manifest {
  /// The records of any split about anybody a selector means; maybe none.
  func records(aboutAnybodyIn group: Selector) -> RecordSelection {
    Split.allCases.reduce(RecordSelection([])) {
      $0.union(records(aboutAnybodyIn: group, in: $1))
    }
  }
}

extension RegistryStore {
  /// The records of a data set from which nothing may be derived and kept, and those of one subject.
  func withheldRecords(
    of manifest: Manifest, besides subject: Selector?
  ) throws -> RecordSelection {
    let met = try requests().filter { $0.state.forbidsDerivedData }.map(\.selector)
    return (met + [subject].compactMap { $0 }).reduce(RecordSelection([])) {
      $0.union(manifest.records(aboutAnybodyIn: $1))
    }
  }

  /// Erases what was made from the records of the persons whose requests have been met.
  ///
  /// Each file that has such rows is replaced by one without them. Done once, there is nothing to do.
  func eraseDerivedData(at time: String) throws {
    var withheld: [Digest: RecordSelection] = [:]
    for entry in try derivedData() {
      let records =
        try withheld[entry.manifest]
        ?? withheldRecords(of: try manifest(entry.manifest), besides: nil)
      withheld[entry.manifest] = records
      guard !entry.records.intersection(records).isEmpty else { continue }
      let rest = try FeatureSegment.draft(try open(entry), without: records)
      try erase(entry, leaving: rest, at: time)
    }
  }
}
