import Operations

/// `show`: show a version.
package struct ShowCommand: Command, Equatable {
  package let version: VersionReference

  private static let version: Parameter<VersionReference> = .operand(
    .version,
    "the version, or an alias")

  package static let page = CommandPage(
    "show",
    summary: "show a version",
    discussion: """
      Shows the digest, the lineage, the recipe, the records each part was trained on,
      the aliases, the certificate, and how exposed it is to everyone with a request.
      """,
    parameters: [
      version.declaration
    ],
    examples: [
      "imu-registry show production"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let details = try context.workplace.version(version.description)
    try context.show(details) { VersionPage.text(details) }
    return .done
  }
}
