/// How a version came about: its parents, what it was trained on, by which recipe.
///
/// It stands beside the weights, where everybody who gets them can read it. So it says of records how
/// many, and names them by a commitment; which they were lies in a sealed part. What was left out
/// can then not be told by what was taken.
package struct Lineage: Hashable, Sendable, Codable {
  package let model: String
  package let number: Int
  /// RFC 3339, UTC.
  package let createdAt: String
  /// The version it descends from; nil for a first version.
  package let parent: Digest?
  package let recipe: Recipe
  /// The parts of the network, each with what this step (not its ancestors) did to it.
  package let parts: [PartLineage]
  /// The case it was made for; nil for ordinary versions.
  package let forgets: CaseNumber?

  package init(
    model: String, number: Int, createdAt: String, parent: Digest?, recipe: Recipe,
    parts: [PartLineage], forgets: CaseNumber? = nil
  ) {
    self.model = model
    self.number = number
    self.createdAt = createdAt
    self.parent = parent
    self.recipe = recipe
    self.parts = parts
    self.forgets = forgets
  }

  /// The name people use, such as `v3`.
  package var name: String { "v\(number)" }

  /// Where the weights came from that most is owed to: a part from the parent, if there is one.
  package var origin: Origin {
    for origin in [Origin.parent, .imported] where parts.contains(where: { $0.origin == origin }) {
      return origin
    }
    return .scratch
  }
}

/// What a step did to one part of a network.
package struct PartLineage: Hashable, Sendable, Codable {
  /// Such as `extractor` or `classifier`.
  package let name: String
  /// Where its weights began.
  package let origin: Origin
  package let data: TrainingData

  package init(name: String, origin: Origin, data: TrainingData) {
    self.name = name
    self.origin = origin
    self.data = data
  }

  package static let extractor = "extractor"
  package static let classifier = "classifier"
}

/// Where the weights of a part came from.
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
  /// The records, by data set; empty when the step did not train the part.
  package let sets: [TrainingSet]

  package static let unknown = TrainingData(isKnown: false, sets: [])
  package static let none = TrainingData(isKnown: true, sets: [])

  package init(isKnown: Bool = true, sets: [TrainingSet]) {
    self.isKnown = isKnown
    self.sets = sets
  }

  package var recordCount: Int { sets.reduce(0) { $0 + $1.recordCount } }
}

/// Records of one data set.
package struct TrainingSet: Hashable, Sendable, Codable {
  package let dataset: String
  /// The root of the data set's tree.
  package let root: Digest
  package let recordCount: Int
  /// The commitment of the sealed part that says which.
  package let opening: Digest

  package init(dataset: String, root: Digest, recordCount: Int, opening: Digest) {
    self.dataset = dataset
    self.root = root
    self.recordCount = recordCount
    self.opening = opening
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    dataset = try fields.decode(String.self, forKey: .dataset)
    root = try fields.decode(Digest.self, forKey: .root)
    opening = try fields.decode(Digest.self, forKey: .opening)
    recordCount = try fields.decode(Int.self, forKey: .recordCount)
    // Counts are added up.
    guard (0...RecordSelection.positionLimit).contains(recordCount) else {
      throw DecodingError.dataCorruptedError(
        forKey: .recordCount, in: fields,
        debugDescription: "\(recordCount) is no number of records")
    }
  }
}
