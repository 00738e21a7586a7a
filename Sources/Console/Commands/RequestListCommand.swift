import Operations
import Records

/// `request list`: list the deletion requests and their deadlines.
package struct RequestListCommand: Command, Equatable {
  package static let page = CommandPage(
    "request list",
    summary: "list the deletion requests and their deadlines",
    discussion: """
      Lists every request with its state and its deadline, the next deadline first.
      """,
    examples: [
      "imu-registry request list"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let requests = try context.workplace.requests().sorted {
      ($0.deadline, $0.id) < ($1.deadline, $1.id)
    }
    try context.show(requests) { RequestPage.table(requests) }
    return .done
  }
}
