import Datasets
import Records
import Registry

/// Which steps of training read records of a person, found by opening what each step read.
///
/// Kept while a command runs, so that inside a commit only what came since is opened.
final class PersonSearch {
  private let steps: OpenedSteps
  private let subject: Selector
  private var people: [Digest: RecordSelection] = [:]
  /// By data set and records, whether any is the person's: many steps read the same.
  private var known: [Digest: [RecordSelection: Bool]] = [:]

  init(of subject: Selector, in store: RegistryStore) {
    self.subject = subject
    steps = OpenedSteps(in: store)
  }

  /// A search among steps that others look at, too.
  init(of subject: Selector, among steps: OpenedSteps) {
    self.subject = subject
    self.steps = steps
  }

  /// The versions, by their ordinals, each part of which read records of the person in its own step;
  /// only these versions are looked at where some are named.
  func steps(
    in state: RegistryState, among ordinals: [Int]? = nil
  ) throws -> [String: RecordSelection] {
    var found: [String: [Int]] = [:]
    for ordinal in ordinals ?? Array(state.versions.indices) {
      for (part, sets) in try steps.parts(of: state.entry(ordinal)) where try holds(sets) {
        found[part, default: []].append(ordinal)
      }
    }
    return found.mapValues { RecordSelection($0) }
  }

  private func holds(_ sets: [OpenedSteps.Records]) throws -> Bool {
    for set in sets {
      if let answer = known[set.root]?[set.records] {
        if answer { return true }
        continue
      }
      let person =
        try people[set.root]
        ?? steps.records(aboutAnybodyIn: subject, of: set.root)
      people[set.root] = person
      let answer = !set.records.intersection(person).isEmpty
      known[set.root, default: [:]][set.records] = answer
      if answer { return true }
    }
    return false
  }
}
