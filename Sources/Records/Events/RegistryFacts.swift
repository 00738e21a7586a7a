/// The first event: the registry's id is the event's, and these are the keys it begins with.
///
/// Signed by the root key that it names itself, so it is believed by whoever holds that key or the
/// registry's id from elsewhere.
package struct RegistryMade: Fact {
  package static let kind = "registry-made"
  package var roles: [SigningRole] { [.root] }
  package var entity: String { "registry" }

  /// Of the files on the disk.
  package let format: Int
  /// One a role, sorted by role.
  package let keys: [TrustedKey]

  package init(format: Int, keys: [TrustedKey]) {
    self.format = format
    self.keys = keys
  }
}

/// A model that versions can belong to.
package struct ModelAdded: Fact {
  package static let kind = "model-added"
  package var roles: [SigningRole] { [.desk] }
  package var entity: String { "model/\(model)" }

  package let model: String

  package init(model: String) { self.model = model }
}

/// A policy that may mitigate and close; any other may only explore.
package struct PolicyAllowed: Fact {
  package static let kind = "policy-allowed"
  package var roles: [SigningRole] { [.root] }
  package var entity: String { "policy/\(policy.hex)" }

  package let name: String
  /// Of the policy file's bytes.
  package let policy: Digest
  package let floor: Verdict
  package let goal: Verdict

  package init(name: String, policy: Digest, floor: Verdict, goal: Verdict) {
    self.name = name
    self.policy = policy
    self.floor = floor
    self.goal = goal
  }
}

/// A policy that may mitigate and close no more.
package struct PolicyWithdrawn: Fact {
  package static let kind = "policy-withdrawn"
  package var roles: [SigningRole] { [.root] }
  package var entity: String { "policy/\(policy.hex)" }

  package let policy: Digest

  package init(policy: Digest) { self.policy = policy }
}

/// A data set, by the root over its salted record leaves and its salted subject keys.
package struct DatasetAdded: Fact {
  package static let kind = "dataset-added"
  package var roles: [SigningRole] { [.desk] }
  package var entity: String { "dataset/\(dataset)" }

  package let dataset: String
  package let root: Digest
  package let recordCount: Int
  /// The commitment of the sealed part that names all others of the data set.
  package let opening: Digest

  package init(dataset: String, root: Digest, recordCount: Int, opening: Digest) {
    self.dataset = dataset
    self.root = root
    self.recordCount = recordCount
    self.opening = opening
  }
}

/// What the whole decision state was when the log had so many events.
///
/// Signed by two roles: whoever holds the log's key alone must not be able to say what is so.
package struct StateKept: Fact {
  package static let kind = "state-kept"
  package var roles: [SigningRole] { [.engine, .log] }
  package static let entity = "state"
  package var entity: String { Self.entity }

  package let size: Int
  /// Of the file `state/<size>`.
  package let state: Digest
  /// The commitment of the sealed tags by which requests are looked up; nil where there are none.
  package let tags: Digest?

  package init(size: Int, state: Digest, tags: Digest? = nil) {
    self.size = size
    self.state = state
    self.tags = tags
  }
}

/// The clock was wrong; from here on this event's time counts, though it is earlier.
package struct ClockCorrected: Fact {
  package static let kind = "clock-corrected"
  package var roles: [SigningRole] { [.root] }
  package var entity: String { "clock" }

  /// The commitment of the sealed reason.
  package let opening: Digest

  package init(opening: Digest) { self.opening = opening }
}

/// Root has seen a void event; what it was about may change again.
package struct VoidAcknowledged: Fact {
  package static let kind = "void-acknowledged"
  package var roles: [SigningRole] { [.root] }
  package var entity: String { "void/\(index)" }

  package let index: Int
  package let opening: Digest

  package init(index: Int, opening: Digest) {
    self.index = index
    self.opening = opening
  }
}
