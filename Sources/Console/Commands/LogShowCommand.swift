import Operations

/// `log show`: list the events of the log.
package struct LogShowCommand: Command, Equatable {
  package let from: Int?
  package let last: Int?

  private static let from: Parameter<Int?> = .optional(
    "--from", .whole(0...Int.max), "the index of the first event to show")
  private static let last: Parameter<Int?> = .optional(
    "--last", .whole(1...Int.max), "how many of the last events to show")

  package static let page = CommandPage(
    "log show",
    summary: "list the events of the log",
    discussion: """
      Lists what happened, when, and what it is about, in the order of the log; an event that
      changes nothing is shown with the reason. Requests stand there by their case numbers.
      """,
    parameters: [
      from.declaration, last.declaration,
    ],
    examples: [
      "imu-registry log show --last 20"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    from = try arguments[Self.from]
    last = try arguments[Self.last]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let events = try context.workplace.events(from: from, last: last)
    try context.show(events) {
      var table = Table([
        .numbers("event"), .words("time"), .words("kind"), .words("about"), .words("void"),
      ])
      for event in events {
        table.add([
          String(event.index), event.time, event.kind, event.entity.shortened(to: 40),
          event.void ?? "",
        ])
      }
      return table.text
    }
    return .done
  }
}
