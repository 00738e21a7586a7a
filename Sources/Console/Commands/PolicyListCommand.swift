import Operations
import Records

/// `policy list`: list the policies that may mitigate and close.
package struct PolicyListCommand: Command, Equatable {
  package static let page = CommandPage(
    "policy list",
    summary: "list the policies that may mitigate and close",
    discussion: """
      Lists the policies by name and digest, each with the verdicts from which on it
      mitigates (floor) and closes (goal). Any other policy explores only.
      """,
    examples: [
      "imu-registry policy list"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let policies = try context.workplace.policies()
    try context.show(policies) {
      guard !policies.isEmpty else { return "no policy may mitigate or close" }
      var table = Table([
        .words("policy"), .words("digest"), .words("floor"), .words("goal"), .numbers("event"),
      ])
      for policy in policies {
        table.add([
          policy.name, policy.digest.short, policy.floor.rawValue, policy.goal.rawValue,
          String(policy.logIndex),
        ])
      }
      return table.text
    }
    return .done
  }
}
