import Datasets
import Records
import Registry

/// Which cases' persons are among records, found by their selectors.
///
/// Kept while a command runs, so that inside a commit only cases that came since are opened.
final class CaseSearch {
  private let store: RegistryStore
  private var selectors: [Selector] = []

  init(in store: RegistryStore) { self.store = store }

  /// The cases, by ordinal, whose person has records among these.
  ///
  /// - Throws: `RegistryError.sealed` when it cannot be told whose a case is: nobody is taken for
  ///   somebody else because a file is away.
  func cases(in records: RecordsByManifest, _ state: RegistryState) throws -> RecordSelection {
    guard !records.isEmpty else { return RecordSelection([]) }
    while selectors.count < state.cases.count {
      selectors.append(try store.request(at: selectors.count).selector)
    }
    return RecordSelection(
      try selectors.enumerated().compactMap { ordinal, selector in
        try records.contains { root, selection in
          try !store.records(aboutAnybodyIn: selector, in: .training, of: root)
            .intersection(selection).isEmpty
        } ? ordinal : nil
      })
  }
}
