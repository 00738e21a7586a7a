import Operations

/// `list`: list the versions and their aliases.
package struct ListCommand: Command, Equatable {
  package let rows: Page

  private static let limit = Page.limit(of: "versions")
  private static let all = Page.all(of: "versions, and a column for every request")
  /// How many requests have a column of their own; a table of more is read by nobody.
  private static let usualColumns = 8

  package static let page = CommandPage(
    "list",
    summary: "list the versions and their aliases",
    discussion: """
      Lists the newest versions, and those that an alias serves however old they are, with
      their parents, how they came about, their aliases, what their certificates say, and
      what they hold of the people of the newest requests. What is not shown is counted,
      below the table and in the JSON record.
      """,
    parameters: [
      limit.declaration, all.declaration,
    ],
    examples: [
      "imu-registry list",
      "imu-registry list --limit 10",
      "imu-registry list --all --json",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    rows = try Page(arguments, Self.limit, Self.all)
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let list = try context.workplace.versions(
      newest: rows.limit, requests: rows.limit == nil ? nil : Self.usualColumns)
    try context.show(list) { VersionPage.table(list) }
    return .done
  }
}
