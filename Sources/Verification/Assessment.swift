package import Records

/// Runs the policy's checks and its judge over what the models answered.
///
/// Pure and deterministic: the same observations and policy give the same evidence. Cost: O(n log n)
/// a check, but O(n) a step of the legacy support vector machine.
///
/// - Throws: `VerificationError` when the policy is not usable, and what `progress` throws.
package func assess(
  _ observations: Observations, labelNames: [String], policy: Policy,
  progress: (ExaminationProgress) throws -> Void
) throws -> (evidence: Evidence, judgement: Judgement, notAssessed: [String]) {
  try PolicyReader.validate(policy)
  let checks = Checks.all.filter { policy.checks[$0.id] != nil }
  var results: [CheckResult] = []
  for (index, check) in checks.enumerated() {
    try progress(.init(what: check.title, completed: index, total: checks.count))
    if let bounds = policy.checks[check.id] { results.append(check.result(observations, bounds)) }
  }
  try progress(.init(what: "controls", completed: checks.count, total: checks.count))
  let judgement = Judge.judge(results, observations, Controls(observations, policy))
  return (
    Evidence(results, observations, labelNames: labelNames), judgement,
    Limits.sentences(observations, policy)
  )
}

/// How far an examination is.
package struct ExaminationProgress: Hashable, Sendable {
  /// What is being done now.
  package let what: String
  package let completed: Int
  package let total: Int

  package init(what: String, completed: Int, total: Int) {
    self.what = what
    self.completed = completed
    self.total = total
  }
}
