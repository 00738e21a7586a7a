import Operations

/// `report`: write a version's report again.
package struct ReportCommand: Command, Equatable {
  package let version: VersionReference

  private static let version: Parameter<VersionReference> = .operand(
    .version,
    "a version that has a certificate")

  package static let page = CommandPage(
    "report",
    summary: "write a version's report again",
    discussion: """
      Writes report.md and report.html of a version's certificate again, and says where: in
      Reports beside a registry that is called Registry, else in NAME-Reports beside it. No
      link below that folder is followed. The certificate itself is checked first and never
      changed.
      """,
    parameters: [
      version.declaration
    ],
    examples: [
      "imu-registry report v4"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let path = try context.workplace.report(version.description)
    try context.show(ReportPlace(path: path)) { path.oneLine }
    return .done
  }
}

/// Where a report lies, as `--json` writes it.
private struct ReportPlace: Encodable {
  let path: String
}
