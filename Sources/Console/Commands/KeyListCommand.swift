import Operations
import Records

/// `key list`: list the keys that the log trusts.
package struct KeyListCommand: Command, Equatable {
  package static let page = CommandPage(
    "key list",
    summary: "list the keys that the log trusts",
    discussion: """
      Lists the keys by the role they sign in and by their id, the digest of the public key.
      """,
    examples: [
      "imu-registry key list"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let keys = try context.workplace.keys()
    try context.show(keys) {
      var table = Table([.words("role"), .words("algorithm"), .words("key id")])
      for key in keys { table.add([key.role.rawValue, key.algorithm, key.hint]) }
      return table.text
    }
    return .done
  }
}
