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
      Says which tensors and buffers differ and by how much, and how recipe, training
      records and exposure differ.
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
    throw NotWired(command: Self.page.name)
  }
}
