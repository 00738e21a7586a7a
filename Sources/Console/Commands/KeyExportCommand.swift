import Operations
package import Records

/// `key export`: write a public key, for auditors.
package struct KeyExportCommand: Command, Equatable {
  package let file: String?
  package let role: SigningRole

  private static let file: Parameter<String?> = .optional(
    "--to", .path("FILE"),
    "a file that is not there yet; standard output when left out")
  private static let role: Parameter<SigningRole?> = .optional(
    "--role", .role, "whose key: publisher, who signs models, when left out")

  package static let page = CommandPage(
    "key export",
    summary: "write a public key, for auditors",
    discussion: """
      Writes the public key of a role in PEM, as openssl and model_signing read it: engine
      and verifier sign certificates, log signs checkpoints, publisher signs models. The
      private key is never written.
      """,
    parameters: [
      file.declaration, role.declaration,
    ],
    examples: [
      "imu-registry key export --to publisher.pub.pem",
      "imu-registry key export --role verifier --to verifier.pub.pem",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    file = try arguments[Self.file]
    role = try arguments[Self.role] ?? .publisher
  }

  package func run(_ context: Context) throws -> ExitStatus {
    if let file {
      try context.workplace.exportPublicKey(of: role, to: file)
      try context.tell("wrote the public key of \(role.rawValue) to '\(file)'")
    } else {
      let key = PublicKeyText(pem: try context.workplace.publicKey(of: role))
      try context.show(key) { key.pem }
    }
    return .done
  }
}

/// The public key, as `--json` writes it.
private struct PublicKeyText: Encodable {
  let pem: String
}
