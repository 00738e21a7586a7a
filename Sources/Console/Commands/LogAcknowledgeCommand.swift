import Operations

/// `log acknowledge`: say that a void event was seen.
package struct LogAcknowledgeCommand: Command, Equatable {
  package let index: Int
  package let reason: String

  private static let index: Parameter<Int> = .operand(
    .whole(0...Int(Int32.max), "INDEX"),
    "the event, by its index in the log")
  private static let reason: Parameter<String> = .required(
    "--reason", .text("REASON"),
    "what was found out about it; it is sealed and committed to")

  package static let page = CommandPage(
    "log acknowledge",
    summary: "say that a void event was seen, so that what it was about may change again",
    discussion: """
      An event that is in the log and may not be is void: it changes nothing, 'audit' names
      it, and what it was about is frozen. Find out how it came there; then root says so
      with this command. The event stays void.
      """,
    parameters: [index.declaration, reason.declaration],
    examples: [
      "imu-registry log acknowledge 41 --reason 'the desk key was lost and has been replaced'"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    index = try arguments[Self.index]
    reason = try arguments[Self.reason]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.tell(try context.workplace.acknowledgeVoid(index, because: reason))
    return .done
  }
}
