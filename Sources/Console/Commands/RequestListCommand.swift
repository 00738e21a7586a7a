import Operations
import Records

/// `request list`: list the deletion requests and their deadlines.
package struct RequestListCommand: Command, Equatable {
  package let rows: Page

  private static let limit = Page.limit(of: "requests")
  private static let all = Page.all(of: "requests")

  package static let page = CommandPage(
    "request list",
    summary: "list the deletion requests and their deadlines",
    discussion: """
      Lists requests with their states and their deadlines: those that are open first, the
      next deadline before others, then those that are closed or refused, the newest first.
      What is not shown is counted, below the table and in the JSON record.
      """,
    parameters: [
      limit.declaration, all.declaration,
    ],
    examples: [
      "imu-registry request list",
      "imu-registry request list --all --json",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    rows = try Page(arguments, Self.limit, Self.all)
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let list = try context.workplace.requests(first: rows.limit)
    try context.show(list) { RequestPage.table(list) }
    return .done
  }
}
