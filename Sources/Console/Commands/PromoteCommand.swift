import Operations

/// `promote`: let an alias name a version.
package struct PromoteCommand: Command, Equatable {
  package let version: VersionReference
  package let alias: Name
  package let override: String?

  private static let version: Parameter<VersionReference> = .operand(
    .version,
    "the version that the alias is to name")
  private static let alias: Parameter<Name> = .option(
    "--alias", .alias, default: "production",
    "the alias that moves")
  private static let override: Parameter<String?> = .optional(
    "--override", .text("REASON"),
    "do it against the policy; the reason is logged and signed")

  package static let page = CommandPage(
    "promote",
    summary: "let an alias name a version",
    discussion: """
      Moves the alias, and keeps its history. It is refused where anybody with a request
      would be more exposed than now, from clear to mitigated or exposed, or from
      mitigated to exposed.
      """,
    parameters: [
      version.declaration, alias.declaration, override.declaration,
    ],
    examples: [
      "imu-registry promote v5",
      "imu-registry promote v5 --alias staging",
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
      try context.workplace.promote(
        version.description, alias: alias.text, override: override))
  }
}
