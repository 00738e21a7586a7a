import Records
import Registry

/// How `promote` or `rollback` ended.
package struct AliasMoveOutcome: Sendable, Encodable {
  package let alias: String
  package let from: String?
  package let to: String
  package let isMoved: Bool
  /// Requests the move would undo, with what they would come to.
  package let undone: [String]
  package let sentence: String
}

extension Workplace {
  /// The alias that commands mean when they name none.
  package static let standardAlias = "production"

  /// Moves an alias to a version, unless that raises somebody's exposure.
  ///
  /// With an override reason it moves all the same, and an officer's key signs that.
  package func promote(
    _ name: String, alias: String, override: String?
  ) throws -> AliasMoveOutcome {
    try move(alias, to: name, .promote, override)
  }

  /// Moves an alias back to a version it has stood at before.
  package func rollback(
    to name: String, alias: String, override: String?
  ) throws -> AliasMoveOutcome {
    try move(alias, to: name, .rollback, override)
  }

  private func move(
    _ alias: String, to name: String, _ cause: AliasMoved.Cause, _ override: String?
  ) throws -> AliasMoveOutcome {
    try writing { store in
      let version = try store.version(named: name)
      return try store.commit(at: now()) { batch in
        if cause == .rollback { try Self.checkStood(alias, at: version, name, batch.state) }
        return try AliasMove(alias: alias, version: version, cause: cause, reason: override)
          .add(to: &batch, in: store)
      }
    }
  }

  private static func checkStood(
    _ alias: String, at version: VersionEntry, _ name: String, _ state: RegistryState
  ) throws {
    let standing = state.aliases[AliasName(model: version.model, alias: alias)]
    guard standing?.stoodAt.contains(version.ordinal) == true else {
      throw Failure(
        "alias '\(alias)' has never stood at \(version.shortName)",
        hint: "move it there with 'imu-registry promote \(name) --alias \(alias)'")
    }
  }
}

/// A move of an alias that is wanted.
struct AliasMove {
  let alias: String
  let version: VersionEntry
  let cause: AliasMoved.Cause
  /// Why it moves even against requests; nil when it does not.
  var reason: String?

  /// Adds the move to a batch when no person with a request is worse off by it, or when there is a
  /// reason all the same.
  func add(to batch: inout EventBatch, in store: RegistryStore) throws -> AliasMoveOutcome {
    let state = batch.state
    let standing = state.aliases[AliasName(model: version.model, alias: alias)]?.version
    let from = standing.map { state.versions[$0].shortName }
    guard standing != version.ordinal else {
      return outcome(
        from, isMoved: false, [], "alias '\(alias)' stands at \(version.shortName) already")
    }
    if let sentence = frozen(from, in: state) { return outcome(from, isMoved: false, [], sentence) }
    let cases = state.undone(from: standing, to: version.ordinal)
    let undone = cases.indices.map { ordinal in
      let before = standing.map { state.exposure(of: $0, to: ordinal) } ?? .clear
      let after = state.exposure(of: version.ordinal, to: ordinal)
      return "\(store.title(ofCase: ordinal)) (\(before.rawValue) → \(after.rawValue))"
    }.sorted(by: ByteOrder.precedes)
    if !undone.isEmpty, reason == nil {
      return outcome(
        from, isMoved: false, undone,
        (from.map { "alias '\(alias)' stays at \($0)" } ?? "alias '\(alias)' is not made")
          + ": moving it to \(version.shortName) would undo \(undone.joined(separator: ", "))")
    }
    let opening: Digest? =
      if let reason, !undone.isEmpty {
        try store.sealed.seal(ReasonOpening(by: nil, reason: reason), in: .reasons)
      } else { nil }
    try batch.add(
      AliasMoved(
        model: version.model, alias: alias, from: standing.map { state.versions[$0].digest },
        to: version.digest, cause: cause, undone: cases, opening: opening))
    return outcome(
      from, isMoved: true, undone,
      "alias '\(alias)' " + (from.map { "moved from \($0)" } ?? "made") + " to \(version.shortName)"
        + (undone.isEmpty ? "" : ", against \(undone.joined(separator: ", "))"))
  }

  /// Why an alias that is frozen stays, where the move is not all that is committed.
  ///
  /// The version is kept then. A person who moves it is told by the error of the commit.
  private func frozen(_ from: String?, in state: RegistryState) -> String? {
    let move = AliasMoved(
      model: version.model, alias: alias, from: nil, to: version.digest, cause: cause,
      undone: RecordSelection([]), opening: nil)
    guard cause == .train || cause == .forget, state.frozen.contains(move.entity) else {
      return nil
    }
    return "alias '\(alias)' " + (from.map { "stays at \($0)" } ?? "is not made")
      + ": a void event is about it; see 'imu-registry audit'"
  }

  private func outcome(
    _ from: String?, isMoved: Bool, _ undone: [String], _ sentence: String
  ) -> AliasMoveOutcome {
    AliasMoveOutcome(
      alias: alias, from: from, to: version.name, isMoved: isMoved, undone: undone,
      sentence: sentence)
  }
}
