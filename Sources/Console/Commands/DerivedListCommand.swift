import Operations

/// `derived list`: list what is kept that was made from people's records.
package struct DerivedListCommand: Command, Equatable {
  package static let page = CommandPage(
    "derived list",
    summary: "list what is kept that was made from people's records",
    discussion: """
      Lists the features that are kept so that no command makes them twice, and the
      trainings that were broken off and can go on, a line a key: that of the extractor
      and its preprocessing, or of the training; --json lists every file. No version is
      among them. All of it is personal data: what was made from somebody's records goes
      when their request is met, and 'audit' holds what is left against every such
      request. To a user who may not read it what is kept is unknown: null with --json.
      """,
    examples: [
      "imu-registry derived list",
      "imu-registry derived list --json",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let items = try context.workplace.derived()
    try context.show(items) { DerivedPage.text(items) }
    return .done
  }
}
