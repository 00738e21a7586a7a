package import Records

/// What `forget` is asked to do.
package struct ForgetOrder: Sendable {
  /// The version that is to forget, or an alias.
  package let model: String
  package let subject: Selector
  /// The request it is done for; found by the subject when nil.
  package var request: String?
  /// The verdict to reach; the policy's floor when nil.
  package var target: Verdict?
  /// The policy file; the default policy when nil.
  package var policyPath: String?
  /// Try this method alone instead of the policy's ladder.
  package var method: String?
  /// Choices and constants that replace those of every rung that has them.
  package var choices: [String: String] = [:]
  package var constants: [String: Int] = [:]
  package var seed: UInt64 = 1
  /// Whether to say what would be done and change nothing.
  package var isDryRun = false

  package init(model: String, subject: Selector) {
    self.model = model
    self.subject = subject
  }
}

/// How `forget` ended.
package struct ForgetOutcome: Sendable, Encodable {
  package enum Ending: String, Sendable, Encodable {
    /// The version never saw the person, or a PASS stands between; nothing was made.
    case clear
    /// A WARN stands between already, and no more was asked for; nothing was made.
    case alreadyMitigated
    /// A version was made and certified.
    case certified
    /// A dry run: nothing was made.
    case planned
  }

  package let ending: Ending
  package let model: String
  package let exposure: ComponentExposure
  package let request: String?
  /// The version that was made.
  package let version: String?
  package let verdict: Verdict?
  /// Whether the verdict meets the floor of a policy that may mitigate.
  package let meetsFloor: Bool
  /// Whether nobody allowed the policy, so that nothing is mitigated whatever the verdict.
  package let exploresOnly: Bool
  package let state: RequestState?
  /// One sentence a person can act on.
  package let sentence: String
  /// Every method tried, with what came of it.
  package let rungs: [String]
  package let caps: [String]
  package let movedAliases: [String]
  package let reportPath: String?
}
