import Operations

/// `rollback`: let an alias name an older version again.
package struct RollbackCommand: Command, Equatable {
  package let version: VersionReference
  package let alias: Name
  package let override: String?

  private static let version: Parameter<VersionReference> = .required(
    "--to", .version,
    "the version that the alias is to name again")
  private static let alias: Parameter<Name> = .option(
    "--alias", .alias, default: "production",
    "the alias that moves")
  private static let override: Parameter<String?> = .optional(
    "--override", .text("REASON"),
    "do it against the policy; the reason is logged and signed")

  package static let page = CommandPage(
    "rollback",
    summary: "let an alias name an older version again",
    discussion: """
      Moves the alias back. It is refused where anybody with a request would be more
      exposed than now: a rollback must not bring a forgotten person back.
      """,
    parameters: [
      version.declaration, alias.declaration, override.declaration,
    ],
    examples: [
      "imu-registry rollback --to v3"
    ],
    statuses: [
      .refused: "a person with a request would be more exposed; the requests are named"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
    alias = try arguments[Self.alias]
    override = try arguments[Self.override]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.conclude(
      try context.workplace.rollback(
        to: version.description, alias: alias.text, override: override))
  }
}
