package import Records

/// A question put to a candidate, with what the policy may set.
package struct Check: Sendable {
  /// Such as `population-membership`.
  package let id: String
  package let title: String
  package let purpose: Purpose
  package let bounds: [Bound]
  let measure: @Sendable (Observations, Thresholds) -> Outcome

  /// What a check is for.
  package enum Purpose: Hashable, Sendable {
    /// Whether the model still serves the people who stay.
    case utility
    /// Whether the person has left.
    case forgetting
    /// How like a retrained model's its outputs are; retrained models differ among themselves.
    case comparison
    /// What the registry's records say.
    case provenance
    /// Figures for the reader that decide nothing.
    case information
  }

  /// A number the policy must give.
  package struct Bound: Hashable, Sendable {
    package let name: String
    package let range: ClosedRange<Int>
    /// The bound that this one must not exceed, such as PASS's under WARN's.
    package let notAbove: String?

    package init(_ name: String, _ range: ClosedRange<Int>, notAbove: String? = nil) {
      self.name = name
      self.range = range
      self.notAbove = notAbove
    }
  }

  /// Measures, and decides by the policy's bounds, which must have been validated.
  package func result(_ observations: Observations, _ policy: CheckPolicy) -> CheckResult {
    let outcome = measure(observations, Thresholds(values: policy.thresholds))
    return CheckResult(
      id: id, title: title, status: outcome.status, isMandatory: policy.isMandatory,
      finding: outcome.finding, thresholds: policy.thresholds, measurements: outcome.measurements)
  }
}

/// What came of a check.
struct Outcome {
  let status: CheckStatus
  /// One sentence for an officer.
  let finding: String
  let measurements: [Measurement]
}

/// The validated bounds of a check.
struct Thresholds {
  let values: [String: Int]

  func count(_ name: String) -> Int {
    guard let value = values[name] else { preconditionFailure("bound '\(name)' is not validated") }
    return value
  }

  /// A bound in parts per million as a share.
  func share(_ name: String) -> Double { Parts.fromPerMillion(count(name)) }
}
