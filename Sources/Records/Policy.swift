/// What an organisation asks of a model that is said to have forgotten; a file a person reads.
package struct Policy: Hashable, Sendable, Codable {
  /// Such as `gdpr-art17`.
  package let name: String
  package let title: String
  /// The verdict from which the alias may move and the request counts as mitigated.
  package let floor: Verdict
  /// The verdict that closes the request.
  package let goal: Verdict
  /// The methods to try, in order.
  package let ladder: [Rung]
  /// How many models are retrained without the person, for comparison.
  package let referenceCount: Int
  /// The bounds of each check, by check id; a check that is not named is not run.
  package let checks: [String: CheckPolicy]

  /// A method and the constants that depart from its defaults.
  package struct Rung: Hashable, Sendable, Codable {
    package let method: String
    package let choices: [String: String]?
    package let constants: [String: Int]?

    package init(
      method: String, choices: [String: String]? = nil, constants: [String: Int]? = nil
    ) {
      self.method = method
      self.choices = choices
      self.constants = constants
    }
  }

  package init(
    name: String, title: String, floor: Verdict, goal: Verdict, ladder: [Rung],
    referenceCount: Int, checks: [String: CheckPolicy]
  ) {
    self.name = name
    self.title = title
    self.floor = floor
    self.goal = goal
    self.ladder = ladder
    self.referenceCount = referenceCount
    self.checks = checks
  }
}

/// What a policy asks of one check.
package struct CheckPolicy: Hashable, Sendable, Codable {
  /// Whether PASS overall needs it.
  package let isMandatory: Bool
  /// Bounds by name, the unit in the name, such as `passDropPartsPerMillion`.
  package let thresholds: [String: Int]

  package init(isMandatory: Bool, thresholds: [String: Int]) {
    self.isMandatory = isMandatory
    self.thresholds = thresholds
  }
}
