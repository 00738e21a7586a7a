import Operations

/// `list`: list the versions and their aliases.
package struct ListCommand: Command, Equatable {
  package static let page = CommandPage(
    "list",
    summary: "list the versions and their aliases",
    discussion: """
      Lists every version with its parent, how it came about, its aliases and what its
      certificate says.
      """,
    examples: [
      "imu-registry list",
      "imu-registry list --json",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let versions = try context.workplace.versions()
    try context.show(versions) { VersionPage.table(versions) }
    return .done
  }
}
