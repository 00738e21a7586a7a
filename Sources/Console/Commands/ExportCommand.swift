import Operations

/// `export`: write a version and its signature to a folder.
package struct ExportCommand: Command, Equatable {
  package let version: VersionReference
  package let folder: String

  private static let version: Parameter<VersionReference> = .operand(
    .version,
    "the version, or an alias")
  private static let folder: Parameter<String> = .required(
    "--to", .path("DIR"),
    "a folder that does not exist yet, or is empty")

  package static let page = CommandPage(
    "export",
    summary: "write a version and its signature to a folder",
    discussion: """
      Writes weights, config.json and model.sig to a new folder. Others check it without
      this program: 'model_signing verify key DIR --signature
      DIR/model.sig --public_key KEY'. What does not verify is exported in no part.
      """,
    parameters: [
      version.declaration, folder.declaration,
    ],
    examples: [
      "imu-registry export v4 --to out"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
    folder = try arguments[Self.folder]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.tell(try context.workplace.export(version.description, to: folder))
    return .done
  }
}
