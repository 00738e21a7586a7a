import Records
import Registry
import Signing

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
  /// With an override reason it moves all the same, and that is signed and logged.
  package func promote(
    _ name: String, alias: String, override: String?
  ) throws -> AliasMoveOutcome {
    try writing { store in
      try moveAlias(
        alias, to: try store.version(named: name), reason: "promote", override: override, in: store)
    }
  }

  /// Moves an alias back to a version it has stood at before.
  package func rollback(
    to name: String, alias: String, override: String?
  ) throws -> AliasMoveOutcome {
    try writing { store in
      let version = try store.version(named: name)
      let history = try store.aliasHistory(of: version.lineage.model, alias: alias)
      guard history.contains(where: { $0.to == version.digest }) else {
        throw Failure(
          "alias '\(alias)' has never stood at \(version.lineage.name)",
          hint: "move it there with 'imu-registry promote \(name) --alias \(alias)'")
      }
      return try moveAlias(alias, to: version, reason: "rollback", override: override, in: store)
    }
  }

  /// Moves an alias when no person with a request is worse off, or when that is overridden.
  @discardableResult
  func moveAlias(
    _ alias: String, to version: VersionEntry, reason: String, override: String?,
    in store: RegistryStore
  ) throws -> AliasMoveOutcome {
    let model = version.lineage.model
    let standing = try store.alias(alias, of: model)
    let from = try standing.map { try store.version($0).lineage.name }
    guard standing != version.digest else {
      return AliasMoveOutcome(
        alias: alias, from: from, to: version.name, isMoved: false, undone: [],
        sentence: "alias '\(alias)' stands at \(version.lineage.name) already")
    }
    let undone = try requestsUndone(from: standing, to: version.digest, in: store)
    if !undone.isEmpty, override == nil {
      return AliasMoveOutcome(
        alias: alias, from: from, to: version.name, isMoved: false, undone: undone,
        sentence: (from.map { "alias '\(alias)' stays at \($0)" }
          ?? "alias '\(alias)' is not made") + ": moving it to \(version.lineage.name) "
          + "would undo \(undone.joined(separator: ", "))")
    }
    let move = AliasMove(
      model: model, name: alias, from: standing, to: version.digest, movedAt: now(),
      movedBy: "imu-registry \(reason)", reason: undone.isEmpty ? reason : override,
      isOverride: !undone.isEmpty)
    if move.isOverride { try sign(move, undone, of: version, in: store) }
    try store.moveAlias(move)
    return AliasMoveOutcome(
      alias: alias, from: from, to: version.name, isMoved: true, undone: undone,
      sentence: "alias '\(alias)' " + (from.map { "moved from \($0)" } ?? "made")
        + " to \(version.lineage.name)"
        + (undone.isEmpty ? "" : ", against \(undone.joined(separator: ", "))"))
  }

  /// The requests whose person the alias would serve a higher exposure than it does now.
  private func requestsUndone(
    from standing: Digest?, to version: Digest, in store: RegistryStore
  ) throws -> [String] {
    try store.requests().filter { $0.state != .refused }.compactMap { request in
      let before = try standing.map { try store.exposure(of: $0, to: request).overall } ?? .clear
      let after = try store.exposure(of: version, to: request).overall
      return after > before ? "\(request.id) (\(before.rawValue) → \(after.rawValue))" : nil
    }
  }

  /// Signs and files that somebody moved an alias against requests.
  private func sign(
    _ move: AliasMove, _ undone: [String], of version: VersionEntry, in store: RegistryStore
  ) throws {
    let statement = try Statement(
      subjects: version.subjects, predicateType: AliasOverride.predicateType,
      encoding: AliasOverride(move: move, undoneRequests: undone))
    let envelope = try statement.signed(by: try store.signingKey())
    // Numbered, for several may come within a second, and a crash may leave one without its move.
    let name = "override-\(move.name)-"
    let number = try store.artifacts(of: version.digest).count { $0.path.contains("/\(name)") } + 1
    try store.attach(
      "\(name)\(number).intoto.jsonl", DSSEEnvelope.lines([envelope]),
      to: version.digest, at: move.movedAt)
  }
}

/// What is signed when an alias moves against requests.
private struct AliasOverride: Encodable {
  static let predicateType = "https://imu-registry.dev/alias-override/v1"

  let move: AliasMove
  let undoneRequests: [String]
}
