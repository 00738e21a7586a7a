/// `key list`: list the signing keys.
package struct KeyListCommand: Command, Equatable {
  package static let page = CommandPage(
    "key list",
    summary: "list the signing keys",
    discussion: """
      Lists the keys by their id, the digest of the public key, and since when they sign.
      """,
    examples: [
      "imu-registry key list"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    throw NotWired(command: Self.page.name)
  }
}
