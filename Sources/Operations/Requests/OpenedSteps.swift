import Records
import Registry

/// What each step of training read, opened once while a command runs.
final class OpenedSteps {
  /// Records of a data set.
  struct Records {
    let root: Digest
    let records: RecordSelection
  }

  private let store: RegistryStore
  private var known: [Digest: [String: [Records]]] = [:]

  init(in store: RegistryStore) { self.store = store }

  /// What each part of a version read in its own step, by the part's name.
  ///
  /// - Throws: `RegistryError.sealed` where that cannot be opened.
  func parts(of version: VersionEntry) throws -> [String: [Records]] {
    if let parts = known[version.digest] { return parts }
    var parts: [String: [Records]] = [:]
    // Nothing was read: the lineage need not be opened.
    if version.made.parts.contains(where: { $0.recordCount > 0 }) {
      for part in try store.lineage(of: version).parts {
        parts[part.name] = try part.data.sets.map {
          Records(root: $0.root, records: try store.records(of: $0))
        }
      }
    }
    known[version.digest] = parts
    return parts
  }

  /// The training records of a data set about anybody a selector means.
  func records(aboutAnybodyIn group: Selector, of root: Digest) throws -> RecordSelection {
    try store.records(aboutAnybodyIn: group, in: .training, of: root)
  }
}
