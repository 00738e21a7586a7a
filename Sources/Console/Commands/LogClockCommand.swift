import Operations

/// `log clock`: let the log go on from an earlier time.
package struct LogClockCommand: Command, Equatable {
  package let reason: String

  private static let reason: Parameter<String> = .required(
    "--correct", .text("REASON"),
    "why the clock was wrong; it is sealed and committed to")

  package static let page = CommandPage(
    "log clock",
    summary: "let the log go on from an earlier time, when the clock was wrong",
    discussion: """
      Nothing is committed while the clock is five minutes or more behind the log's last
      event. Where it was the log that had a wrong time, root says so with this command,
      and from then on the clock's time counts.
      """,
    parameters: [reason.declaration],
    examples: [
      "imu-registry log clock --correct 'the clock was a year ahead'"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    reason = try arguments[Self.reason]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.tell(try context.workplace.correctClock(because: reason))
    return .done
  }
}
