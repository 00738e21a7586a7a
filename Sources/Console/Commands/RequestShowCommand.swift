import Operations

/// `request show`: show a deletion request.
package struct RequestShowCommand: Command, Equatable {
  package let id: RequestID
  package let showsAll: Bool

  private static let id: Parameter<RequestID> = .operand(
    .request,
    "the request")
  private static let all = Page.all(of: "versions")

  package static let page = CommandPage(
    "request show",
    summary: "show a deletion request",
    discussion: """
      Shows state, deadline and decision, the versions made for it and their
      certificates, and which of the newest versions still hold the person, with a count
      of the older ones that do.
      """,
    parameters: [
      id.declaration, all.declaration,
    ],
    examples: [
      "imu-registry request show DSR-2026-001"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    id = try arguments[Self.id]
    showsAll = try arguments[Self.all]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let (request, exposures) = try context.workplace.requestWithExposures(id.text)
    let page = RequestPage(
      request: request, versions: exposures, limit: showsAll ? nil : Page.usual)
    try context.show(page) { page.text }
    return .done
  }
}
