import Operations

/// `key list`: list the signing keys.
package struct KeyListCommand: Command, Equatable {
  package static let page = CommandPage(
    "key list",
    summary: "list the signing keys",
    discussion: """
      Lists the keys by what they sign and by their id, the digest of the public key.
      """,
    examples: [
      "imu-registry key list"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let keys = try context.workplace.keys()
    try context.show(keys) {
      var table = Table([.words("purpose"), .words("algorithm"), .words("key id")])
      for key in keys { table.add([key.purpose, key.algorithm, key.hint]) }
      return table.text
    }
    return .done
  }
}
