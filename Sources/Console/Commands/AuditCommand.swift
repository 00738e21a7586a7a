import Operations

/// `audit`: verify everything, from the files.
package struct AuditCommand: Command, Equatable {
  package let version: VersionReference?

  private static let version: Parameter<VersionReference?> = .optionalOperand(
    .version,
    "this version only")

  package static let page = CommandPage(
    "audit",
    summary: "verify everything, from the files",
    discussion: """
      Reads every file of the registry, or those of one version, recomputes every digest,
      checks every signature, every certificate and the log, and compares the ledger with
      them; the first thing that is wrong is named. Where it may write, it first completes
      what a crash left undone; nothing else is changed.
      """,
    parameters: [
      version.declaration
    ],
    examples: [
      "imu-registry audit",
      "imu-registry audit v4 --json",
    ],
    statuses: [
      .unverified: "something does not verify; the first such thing is named"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.conclude(try context.workplace.audit(version?.description), listsAll: false)
  }
}
