import Operations

/// `log verify`: fold the whole log, and hold an earlier head against it.
package struct LogVerifyCommand: Command, Equatable {
  package let head: LogHeadReference?

  private static let head: Parameter<LogHeadReference?> = .optional(
    "--head", .head, "a size and a root that somebody holds, as in a report")

  package static let page = CommandPage(
    "log verify",
    summary: "fold the whole log, and hold an earlier head against it",
    discussion: """
      Reads every event from the first on, checks that they come to the root of the last
      checkpoint, and says its size and root. With --head it must go on from the head that
      you have from a report, a certificate's proof or an earlier day. It always must from the
      checkpoint that this user remembers, and no event may be void that root has not seen.
      """,
    parameters: [
      head.declaration
    ],
    examples: [
      "imu-registry log verify",
      "imu-registry log verify --head 23:9b759b5670f40fcda3230673dc00a7c8fae47514af4f718bba7bfc1a57f673ca",
    ],
    statuses: [
      .unverified: "the log does not hold together, goes on from neither head, or has void events"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    head = try arguments[Self.head]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let head = try context.workplace.verifyLog(head: head.map { ($0.size, $0.root) })
    try context.show(head) { "\(head.sentence)\nhead  \(head.size):\(head.root)" }
    return .done
  }
}
