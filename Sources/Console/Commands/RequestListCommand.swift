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
    throw NotWired(command: Self.page.name)
  }
}
