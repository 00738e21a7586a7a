import Operations
package import Records

/// `request open`: record a deletion request.
package struct RequestOpenCommand: Command, Equatable {
  package let id: RequestID
  package let subject: Selector
  package let received: CalendarDate?

  private static let id: Parameter<RequestID> = .operand(
    .request,
    "the id that your organisation gives it")
  private static let subject: Parameter<Selector> = .selectors(
    "--subject",
    "whose records; repeat it for more")
  private static let received: Parameter<CalendarDate?> = .optional(
    "--received", .date,
    "the day it came; today (UTC) when it is left out")

  package static let page = CommandPage(
    "request open",
    summary: "record a deletion request",
    discussion: """
      Records that a person asked to be forgotten (GDPR Article 17), and counts the
      legal deadline: one month from receipt, by the calendar (Article 12(3)).

      Whom it is about is sealed; the log holds a salted commitment only. An
      id such as DSR-2026-001 also names the folder of the reports, so it must not tell
      who asked.

      \(SelectorHelp.text)
      """,
    parameters: [
      id.declaration, subject.declaration, received.declaration,
    ],
    examples: [
      "imu-registry request open DSR-2026-001 --subject pid=1",
      "imu-registry request open DSR-2026-002 --subject record=@ids.txt --received 2026-11-20",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    id = try arguments[Self.id]
    subject = try arguments[Self.subject]
    received = try arguments[Self.received]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let request = try context.workplace.openRequest(id.text, subject: subject, receivedOn: received)
    try context.show(request) { RequestPage.list(request).text }
    context.note("next: imu-registry request approve \(id) --by NAME")
    return .done
  }
}
