import Operations

/// `audit`: verify everything, from the files.
package struct AuditCommand: Command, Equatable {
  package let version: VersionReference?
  package let lastCheckpoint: String?
  package let remembers: Bool

  private static let version: Parameter<VersionReference?> = .optionalOperand(
    .version,
    "this version only")
  private static let lastCheckpoint: Parameter<String?> = .optional(
    "--last-checkpoint", .path("FILE"),
    "a checkpoint somebody kept; the log must go on from it")
  private static let remember: Parameter<Bool> = .flag(
    "--remember", "remember the log's checkpoint outside the registry, if all verifies")

  package static let page = CommandPage(
    "audit",
    summary: "verify everything, from the files",
    discussion: """
      Folds the log from its first event, checks every signature and every checkpoint,
      reads every file of the registry, or those of one version, and holds it against the
      log; all that is wrong is named. It writes nothing, takes no lock and
      needs no key: a copy that cannot be changed will do. Beside the registry it holds the
      folder of reports against the log, and finds papers there that the log does not name.

      A history that was replaced whole agrees with itself. What this user remembers of
      the registry, a checkpoint from elsewhere (--last-checkpoint) or the size and root
      in a report ('log verify --head') tell it from the true one.
      """,
    parameters: [
      version.declaration, lastCheckpoint.declaration, remember.declaration,
    ],
    examples: [
      "imu-registry audit",
      "imu-registry audit v4 --json",
      "imu-registry audit --last-checkpoint checkpoint-of-may --remember",
    ],
    statuses: [
      .unverified: "something does not verify; the first such thing is named"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
    lastCheckpoint = try arguments[Self.lastCheckpoint]
    remembers = try arguments[Self.remember]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    var order = AuditOrder(version: version?.description)
    order.lastCheckpoint = lastCheckpoint
    order.remembers = remembers
    return try context.conclude(try context.workplace.audit(order), listsAll: false)
  }
}
