import Operations

/// `diff`: compare two versions.
package struct DiffCommand: Command, Equatable {
  package let old: VersionReference
  package let new: VersionReference

  private static let old: Parameter<VersionReference> = .operand(
    .version("A"),
    "the first version, or an alias")
  private static let new: Parameter<VersionReference> = .operand(
    .version("B"),
    "the second one")

  package static let page = CommandPage(
    "diff",
    summary: "compare two versions",
    discussion: """
      Says which tensors and buffers differ, in how many elements and by how much, and
      whether the extractor is the same. 'show' says how recipe and records differ.
      """,
    parameters: [
      old.declaration, new.declaration,
    ],
    examples: [
      "imu-registry diff v3 v4"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    old = try arguments[Self.old]
    new = try arguments[Self.new]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let difference = try context.workplace.difference(old.description, new.description)
    try context.show(difference) { DifferencePage.text(difference) }
    return .done
  }
}
