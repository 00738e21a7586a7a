import Operations

/// `log export`: write the log as static files.
package struct LogExportCommand: Command, Equatable {
  package let folder: String

  private static let folder: Parameter<String> = .required(
    "--to", .path("DIR"), "an empty folder, or one that is not there yet")

  package static let page = CommandPage(
    "log export",
    summary: "write the log as static files",
    discussion: """
      Writes checkpoint, tiles and bundles of events as any client of C2SP's tlog-tiles reads
      them. Nobody is named in them.
      """,
    parameters: [
      folder.declaration
    ],
    examples: [
      "imu-registry log export --to log"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    folder = try arguments[Self.folder]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.tell(try context.workplace.exportLog(to: folder))
    return .done
  }
}
