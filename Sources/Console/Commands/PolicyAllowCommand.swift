import Operations
import Records

/// `policy allow`: let a policy mitigate and close.
package struct PolicyAllowCommand: Command, Equatable {
  package let file: String

  private static let file: Parameter<String> = .operand(.path("FILE"), "the policy file")

  package static let page = CommandPage(
    "policy allow",
    summary: "let a policy mitigate and close",
    discussion: """
      Reads the policy, keeps its bytes, and has root say in the log that what they judge
      may mitigate and close requests. It is these very bytes that are allowed: a file of
      the same name with other bounds is another policy, and explores only.
      """,
    parameters: [file.declaration],
    examples: [
      "imu-registry policy allow Policies/gdpr-art17.json"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    file = try arguments[Self.file]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let policy = try context.workplace.allowPolicy(file)
    try context.show(policy) {
      "policy '\(policy.name)' (\(policy.digest.short)) may mitigate from "
        + "\(policy.floor.rawValue) on and close with \(Verdict.pass.rawValue)"
    }
    return .done
  }
}
