import Operations

/// `request refuse`: refuse a deletion request, with the reason.
package struct RequestRefuseCommand: Command, Equatable {
  package let id: RequestID
  package let by: String
  package let reason: String

  private static let id: Parameter<RequestID> = .operand(
    .request,
    "the request")
  private static let by: Parameter<String> = .required(
    "--by", .text("NAME"),
    "who decided")
  private static let reason: Parameter<String> = .required(
    "--reason", .text("TEXT"),
    "why, in words the person can be told")

  package static let page = CommandPage(
    "request refuse",
    summary: "refuse a deletion request, with the reason",
    discussion: """
      Records who decided that the request is not carried out, and why; the person must
      be told the reason (GDPR Article 12(4)).
      """,
    parameters: [
      id.declaration, by.declaration, reason.declaration,
    ],
    examples: [
      "imu-registry request refuse DSR-2026-003 --by 'A. Officer' --reason 'no records of the person'"
    ],
    statuses: [
      .refused: "the request is in a state that cannot become refused"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    id = try arguments[Self.id]
    by = try arguments[Self.by]
    reason = try arguments[Self.reason]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let request = try context.workplace.refuseRequest(id.text, by: by, reason: reason)
    try context.show(request) { RequestPage.list(request).text }
    return .done
  }
}
