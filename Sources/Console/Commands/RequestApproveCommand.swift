import Operations

/// `request approve`: approve a deletion request.
package struct RequestApproveCommand: Command, Equatable {
  package let id: RequestID
  package let by: String

  private static let id: Parameter<RequestID> = .operand(
    .request,
    "the request")
  private static let by: Parameter<String> = .required(
    "--by", .text("NAME"),
    "who decided")

  package static let page = CommandPage(
    "request approve",
    summary: "approve a deletion request",
    discussion: """
      Records who decided that the request is to be carried out. 'forget' asks for it.
      """,
    parameters: [
      id.declaration, by.declaration,
    ],
    examples: [
      "imu-registry request approve DSR-2026-001 --by 'A. Officer'"
    ],
    statuses: [
      .refused: "the request is in a state that cannot become approved"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    id = try arguments[Self.id]
    by = try arguments[Self.by]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let request = try context.workplace.approveRequest(id.text, by: by)
    try context.show(request) { RequestPage.list(request).text }
    return .done
  }
}
