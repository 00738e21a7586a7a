import Operations

/// `derived discard`: erase what is kept that was made from people's records.
package struct DerivedDiscardCommand: Command, Equatable {
  /// The beginning of a key or of a file's digest; nil for all.
  package let digest: String?

  private static let digest: Parameter<String?> = .optionalOperand(
    .digest, "what to erase, by the beginning of its key or of a file's digest")
  private static let all: Parameter<Bool> = .flag("--all", "erase every one")

  package static let page = CommandPage(
    "derived discard",
    summary: "erase what is kept that was made from people's records",
    discussion: """
      Erases kept features and trainings that were broken off. Nothing is lost but time:
      features are made again when they are wanted, a training begins at its beginning.
      The files are unlinked, not overwritten. What a met request forbids goes by itself.
      """,
    parameters: [
      digest.declaration, all.declaration,
    ],
    examples: [
      "imu-registry derived discard 3fa1c09b",
      "imu-registry derived discard --all",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    digest = try arguments[Self.digest]
    let all = try arguments[Self.all]
    if all, digest != nil { throw .conflict("--all", "DIGEST") }
    if !all, digest == nil { throw .missing("DIGEST or --all") }
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let gone = try context.workplace.discardDerived(digest)
    try context.show(gone) { DerivedPage.discarded(gone) }
    return .done
  }
}
