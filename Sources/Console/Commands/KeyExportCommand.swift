import Operations

/// `key export`: write the public key, for auditors.
package struct KeyExportCommand: Command, Equatable {
  package let file: String?

  private static let file: Parameter<String?> = .optional(
    "--to", .path("FILE"),
    "a file that does not exist yet; standard output when left out")

  package static let page = CommandPage(
    "key export",
    summary: "write the public key, for auditors",
    discussion: """
      Writes the public key in PEM, as openssl and model_signing read it. The private key
      is never written.
      """,
    parameters: [
      file.declaration
    ],
    examples: [
      "imu-registry key export --to registry.pub"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    file = try arguments[Self.file]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    if let file {
      try context.workplace.exportPublicKey(to: file)
      try context.tell("wrote the public key to '\(file)'")
    } else {
      let key = PublicKeyText(pem: try context.workplace.publicKey())
      try context.show(key) { key.pem }
    }
    return .done
  }
}

/// The public key, as `--json` writes it.
private struct PublicKeyText: Encodable {
  let pem: String
}
