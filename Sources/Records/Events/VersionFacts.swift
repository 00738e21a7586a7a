/// A version, with all of its lineage that decisions need.
package struct VersionMade: Fact {
  package static let kind = "version-made"
  package var roles: [SigningRole] { [.engine] }
  package var entity: String { "model/\(model)" }

  /// The method of a version whose weights came from outside.
  package static let importing = "import"

  package let model: String
  /// One more than that of the model's version before.
  package let number: Int
  /// The digest of the OCI manifest.
  package let version: Digest
  package let manifestSize: Int
  package let weights: Digest
  package let configuration: Digest
  /// The blob of the lineage.
  package let lineage: Digest
  /// The blob of the model signature.
  package let signature: Digest
  package let parent: Digest?
  /// The method by name, such as `imu` or `train`.
  package let method: String
  /// The part of the network the method was let at, where it chooses one.
  package let scope: String?
  package let parts: [PartMade]
  /// The forget that made it; nil for ordinary versions.
  package let run: Digest?

  package init(
    model: String, number: Int, version: Digest, manifestSize: Int, weights: Digest,
    configuration: Digest, lineage: Digest, signature: Digest, parent: Digest?, method: String,
    scope: String?, parts: [PartMade], run: Digest?
  ) {
    self.model = model
    self.number = number
    self.version = version
    self.manifestSize = manifestSize
    self.weights = weights
    self.configuration = configuration
    self.lineage = lineage
    self.signature = signature
    self.parent = parent
    self.method = method
    self.scope = scope
    self.parts = parts
    self.run = run
  }
}

/// How one part of a version came about, in this step alone.
package struct PartMade: Hashable, Sendable, Codable {
  package let name: String
  /// Where its weights began.
  package let origin: Origin
  /// False when it is not known what it was trained on.
  package let isKnown: Bool
  /// How many records the step read for it.
  package let recordCount: Int
  /// The cases whose person's records are among them, by their ordinal in the log.
  package let holds: RecordSelection

  package init(
    name: String, origin: Origin, isKnown: Bool, recordCount: Int, holds: RecordSelection
  ) {
    self.name = name
    self.origin = origin
    self.isKnown = isKnown
    self.recordCount = recordCount
    self.holds = holds
  }
}

/// An alias that was made or moved.
package struct AliasMoved: Fact {
  package enum Cause: String, Hashable, Sendable, Codable {
    case promote, rollback, train, forget
  }

  package static let kind = "alias-moved"
  /// Against a request only with an officer's word.
  package var roles: [SigningRole] { undone.isEmpty ? [.desk] : [.desk, .officer] }
  package var entity: String { "alias/\(model)/\(alias)" }

  package let model: String
  package let alias: String
  package let from: Digest?
  package let to: Digest
  package let cause: Cause
  /// The cases whose person the alias serves a higher exposure than before, by ordinal.
  package let undone: RecordSelection
  /// The commitment of the sealed reason; nil when none was given.
  package let opening: Digest?

  package init(
    model: String, alias: String, from: Digest?, to: Digest, cause: Cause,
    undone: RecordSelection, opening: Digest?
  ) {
    self.model = model
    self.alias = alias
    self.from = from
    self.to = to
    self.cause = cause
    self.undone = undone
    self.opening = opening
  }
}
