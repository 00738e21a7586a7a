import Operations

/// `lineage`: show what a version descends from.
package struct LineageCommand: Command, Equatable {
  package let version: VersionReference

  private static let version: Parameter<VersionReference> = .operand(
    .version,
    "the version, or an alias")

  package static let page = CommandPage(
    "lineage",
    summary: "show what a version descends from",
    discussion: """
      Shows the version and its ancestors, the first version first: what each step did
      and on how many records.
      """,
    parameters: [
      version.declaration
    ],
    examples: [
      "imu-registry lineage v4"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let chain = try context.workplace.lineage(of: version.description)
    try context.show(chain) { VersionPage.chain(chain) }
    return .done
  }
}
