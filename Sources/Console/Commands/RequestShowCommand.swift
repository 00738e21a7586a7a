import Operations

/// `request show`: show a deletion request.
package struct RequestShowCommand: Command, Equatable {
  package let id: RequestID

  private static let id: Parameter<RequestID> = .operand(
    .request,
    "the request")

  package static let page = CommandPage(
    "request show",
    summary: "show a deletion request",
    discussion: """
      Shows state, deadline and decision, the versions made for it and their
      certificates, and which versions still hold the person.
      """,
    parameters: [
      id.declaration
    ],
    examples: [
      "imu-registry request show DSR-2026-001"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    id = try arguments[Self.id]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let workplace = context.workplace
    let request = try workplace.request(id.text)
    let page = RequestPage(
      request: request,
      versions: try workplace.versions().compactMap { version in
        version.exposures[id.text].map { (version.name, $0) }
      })
    try context.show(page) { page.text }
    return .done
  }
}
