import Operations

/// `dataset list`: list the data sets.
package struct DatasetListCommand: Command, Equatable {
  package static let page = CommandPage(
    "dataset list",
    summary: "list the data sets",
    discussion: """
      Lists every data set with its records, people and labels, and the digest of its
      manifest.
      """,
    examples: [
      "imu-registry dataset list --json"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let datasets = try context.workplace.datasets()
    try context.show(datasets) { DatasetPage.text(datasets) }
    return .done
  }
}
