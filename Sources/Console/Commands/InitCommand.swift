import Operations

/// `init`: make a registry and its signing key.
package struct InitCommand: Command, Equatable {
  package let model: Name

  private static let model: Parameter<Name> = .option(
    "--model", .name, default: "model",
    "what the model is called in certificates")

  package static let page = CommandPage(
    "init",
    summary: "make a registry and its signing key",
    discussion: """
      Makes the folder of the registry: the store of versions, the ledger, the log,
      and a P-256 key that signs versions and certificates. The private key stays in
      the registry, readable by its owner only; give auditors the public one with
      'key export'.

      A folder that already is a registry is left as it is, and that is an error.
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
