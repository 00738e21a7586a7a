import Operations
import Records

/// `policy withdraw`: let a policy mitigate and close no more.
package struct PolicyWithdrawCommand: Command, Equatable {
  package let policy: String

  private static let policy: Parameter<String> = .operand(
    .text("NAME|DIGEST", "the name of a policy, or 8 or more digits of its digest"),
    "the policy, by its name or by 8 or more digits that begin its digest")

  package static let page = CommandPage(
    "policy withdraw",
    summary: "let a policy mitigate and close no more",
    discussion: """
      Has root say in the log that the policy explores only from now on. What it has
      mitigated or closed before stays so; a forget that is under way commits nothing.
      """,
    parameters: [policy.declaration],
    examples: [
      "imu-registry policy withdraw gdpr-art17"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    policy = try arguments[Self.policy]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let withdrawn = try context.workplace.withdrawPolicy(policy)
    try context.show(withdrawn) {
      "policy '\(withdrawn.name)' (\(withdrawn.digest.short)) may mitigate and close no more"
    }
    return .done
  }
}
