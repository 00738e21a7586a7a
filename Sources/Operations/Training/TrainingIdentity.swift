import NeuralNetworks
import Records
import Registry
import Signing

/// All that determines a training: the same identity, the same weights, bit by bit.
struct TrainingIdentity: Encodable {
  let recipe: Recipe
  /// The network's configuration; that of the old network where retraining takes its own from it.
  let configuration: Digest
  /// The version whose weights it goes on from; nil when they are drawn from the seed.
  let parent: Digest?
  /// The records by the text of their data set's root.
  private let sets: [String: RecordSelection]

  init(
    recipe: Recipe, configuration: Digest, parent: Digest?, records: RecordsByManifest
  ) {
    self.recipe = recipe
    self.configuration = configuration
    self.parent = parent
    sets = Dictionary(
      uniqueKeysWithValues: records.filter { !$1.isEmpty }.map { ($0.description, $1) })
  }

  /// What names a kept training; it says nothing of whom the records are about.
  var digest: Digest { SHA256.digest(of: CanonicalText.encode(self)) }
}
