import Operations

/// `show`: show a version.
package struct ShowCommand: Command, Equatable {
  package let version: VersionReference
  package let showsAll: Bool

  private static let version: Parameter<VersionReference> = .operand(
    .version,
    "the version, or an alias")
  private static let all = Page.all(of: "requests")

  package static let page = CommandPage(
    "show",
    summary: "show a version",
    discussion: """
      Shows the digest, the lineage, the recipe, the records each part was trained on,
      the aliases, the certificate, and how exposed it is to everyone with a request: of
      many requests to those it holds most of, then the newest, with a count of the others.
      """,
    parameters: [
      version.declaration, all.declaration,
    ],
    examples: [
      "imu-registry show production"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
    showsAll = try arguments[Self.all]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let details = try context.workplace.version(
      version.description, requests: showsAll ? nil : Workplace.shownRequests)
    try context.show(details) { VersionPage.text(details) }
    return .done
  }
}
