/// How a version came about: its parents, what it was trained on, by which recipe.
package struct Lineage: Hashable, Sendable, Codable {
  package let model: String
  package let number: Int
  /// RFC 3339, UTC.
  package let createdAt: String
  /// The version it descends from; nil for a first version.
  package let parent: Digest?
  /// Where the weights it started from came from.
  package let origin: Origin
  package let recipe: Recipe
  /// What this step (not its ancestors) trained each part on.
  package let extractor: TrainingData
  package let classifier: TrainingData
  /// The deletion request it was made for, by id; nil for ordinary versions.
  package let request: String?

  package init(
    model: String, number: Int, createdAt: String, parent: Digest?, origin: Origin, recipe: Recipe,
    extractor: TrainingData, classifier: TrainingData, request: String? = nil
  ) {
    self.model = model
    self.number = number
    self.createdAt = createdAt
    self.parent = parent
    self.origin = origin
    self.recipe = recipe
    self.extractor = extractor
    self.classifier = classifier
    self.request = request
  }

  /// The name people use, such as `v3`.
  package var name: String { "v\(number)" }
}

/// Where the weights of a version came from.
package enum Origin: String, Hashable, Sendable, Codable {
  /// Seeded initialisation: nothing of the parent is in it.
  case scratch
  /// The parent's weights.
  case parent
  /// A file from outside.
  case imported
}

/// What a step trained a part of the network on.
package struct TrainingData: Hashable, Sendable, Codable {
  /// False when it is not known what the part was trained on: it then counts as exposed to all.
  package let isKnown: Bool
  /// The records, by manifest; empty when the step did not train the part.
  package let sets: [TrainingSet]

  package static let unknown = TrainingData(isKnown: false, sets: [])
  package static let none = TrainingData(isKnown: true, sets: [])

  package init(isKnown: Bool = true, sets: [TrainingSet]) {
    self.isKnown = isKnown
    self.sets = sets
  }
}

/// Records of one manifest.
package struct TrainingSet: Hashable, Sendable, Codable {
  package let dataset: String
  /// The digest of the manifest's canonical text.
  package let manifest: Digest
  package let records: RecordSelection

  package init(dataset: String, manifest: Digest, records: RecordSelection) {
    self.dataset = dataset
    self.manifest = manifest
    self.records = records
  }
}
