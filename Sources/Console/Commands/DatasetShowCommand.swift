import Operations

/// `dataset show`: show a data set, its keys and its people.
package struct DatasetShowCommand: Command, Equatable {
  package let name: Name

  private static let name: Parameter<Name> = .operand(
    .name,
    "the data set")

  package static let page = CommandPage(
    "dataset show",
    summary: "show a data set, its keys and its people",
    discussion: """
      Shows the manifest's digest, the counts of records by split and label, and which
      keys select persons.
      """,
    parameters: [
      name.declaration
    ],
    examples: [
      "imu-registry dataset show japanese-vowels"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    name = try arguments[Self.name]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let dataset = try context.workplace.dataset(name.text)
    try context.show(dataset) { DatasetPage.text(dataset) }
    return .done
  }
}
