import Operations

/// `init`: make a registry and its keys.
package struct InitCommand: Command, Equatable {
  package let model: Name

  private static let model: Parameter<Name> = .option(
    "--model", .name, default: "model",
    "what the model is called in certificates")

  package static let page = CommandPage(
    "init",
    summary: "make a registry and its signing keys",
    discussion: """
      Makes the folder of the registry: the log with its first events, the store of
      versions, and a key for each role: Ed25519 for what the log and certificates need,
      P-256 for the publisher, who signs versions. The private keys stay in the registry,
      readable by their owner only; 'key export' gives auditors the public ones.

      A folder that is a registry, or holds a log, is left as it is, and that is an error;
      so is a place where another registry lay when this user last wrote to it.
      """,
    parameters: [
      model.declaration
    ],
    examples: [
      "imu-registry init",
      "imu-registry --registry /srv/models init --model speakers",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    model = try arguments[Self.model]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.tell(try context.workplace.initialise(model: model.text))
    return .done
  }
}
