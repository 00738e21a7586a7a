import Operations

/// `log witness`: cosign the log's checkpoint with a key of one's own.
package struct LogWitnessCommand: Command, Equatable {
  package let key: String
  package let name: Name
  package let state: String

  private static let key: Parameter<String> = .required(
    "--key", .path("FILE"), "the witness's Ed25519 key, PKCS#8 in PEM")
  private static let name: Parameter<Name> = .required(
    "--name", .name, "the name the witness signs under")
  private static let state: Parameter<String> = .required(
    "--state", .path("FILE"), "where the last checkpoint cosigned is kept; made when missing")

  package static let page = CommandPage(
    "log witness",
    summary: "cosign the log's checkpoint with a key of one's own",
    discussion: """
      For somebody who is not the registry's keeper, on a copy of it: checks that the log goes
      on from the checkpoint cosigned before, and writes the checkpoint with a C2SP
      cosignature. Whoever has that knows the log was not told differently to two people.
      """,
    parameters: [
      key.declaration, name.declaration, state.declaration,
    ],
    examples: [
      "imu-registry log witness --key witness.pem --name auditor.example --state seen"
    ],
    statuses: [
      .unverified: "the log does not go on from what was cosigned before"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    key = try arguments[Self.key]
    name = try arguments[Self.name]
    state = try arguments[Self.state]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let note = try context.workplace.witness(
      WitnessOrder(keyPath: key, name: name.text, statePath: state))
    let text = String(decoding: note, as: UTF8.self)
    try context.show(["checkpoint": text]) { text }
    return .done
  }
}
