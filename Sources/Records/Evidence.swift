/// Everything that was measured of a candidate; the same inputs give the same evidence.
package struct Evidence: Hashable, Sendable, Codable {
  package let checks: [CheckResult]
  package let classes: [ClassAccuracy]
  package let distributions: [Distribution]
  package let tensors: [TensorChange]

  package init(
    checks: [CheckResult], classes: [ClassAccuracy], distributions: [Distribution],
    tensors: [TensorChange]
  ) {
    self.checks = checks
    self.classes = classes
    self.distributions = distributions
    self.tensors = tensors
  }
}

/// The model a figure was measured on.
package enum Role: String, Hashable, Sendable, Codable, CaseIterable {
  /// The new version.
  case candidate
  /// The version it was made from, measured as a control.
  case original
  /// A model retrained without the person.
  case reference
}

/// One check of the verifier: figures, thresholds and what follows.
package struct CheckResult: Hashable, Sendable, Codable {
  /// Such as `population-membership`.
  package let id: String
  package let title: String
  package let status: CheckStatus
  /// Whether the policy needs it for PASS.
  package let isMandatory: Bool
  /// One sentence that says why the status is what it is.
  package let finding: String
  /// The policy's bounds that were applied, named with their unit.
  package let thresholds: [String: Int]
  package let measurements: [Measurement]

  package init(
    id: String, title: String, status: CheckStatus, isMandatory: Bool, finding: String,
    thresholds: [String: Int], measurements: [Measurement]
  ) {
    self.id = id
    self.title = title
    self.status = status
    self.isMandatory = isMandatory
    self.finding = finding
    self.thresholds = thresholds
    self.measurements = measurements
  }
}

/// One figure with its interval, in millionths of its natural unit.
package struct Measurement: Hashable, Sendable, Codable {
  /// What is measured, on what, such as `accuracy on the forget set`.
  package let quantity: String
  package let role: Role
  /// How many records it rests on.
  package let sampleCount: Int
  package let valuePartsPerMillion: Int?
  package let lowPartsPerMillion: Int?
  package let highPartsPerMillion: Int?
  /// How the interval was made, such as `Clopper-Pearson, 95 %`; nil when there is none.
  package let interval: String?

  package init(
    quantity: String, role: Role, sampleCount: Int, valuePartsPerMillion: Int?,
    lowPartsPerMillion: Int? = nil, highPartsPerMillion: Int? = nil, interval: String? = nil
  ) {
    self.quantity = quantity
    self.role = role
    self.sampleCount = sampleCount
    self.valuePartsPerMillion = valuePartsPerMillion
    self.lowPartsPerMillion = lowPartsPerMillion
    self.highPartsPerMillion = highPartsPerMillion
    self.interval = interval
  }
}

/// Accuracy on the test records of one class, before and after.
package struct ClassAccuracy: Hashable, Sendable, Codable {
  package let label: Int
  package let name: String
  package let testCount: Int
  package let originalCorrect: Int
  package let candidateCorrect: Int
  /// Mean over the references would not be a count, so it is that of the first; nil without one.
  package let referenceCorrect: Int?

  package init(
    label: Int, name: String, testCount: Int, originalCorrect: Int, candidateCorrect: Int,
    referenceCorrect: Int?
  ) {
    self.label = label
    self.name = name
    self.testCount = testCount
    self.originalCorrect = originalCorrect
    self.candidateCorrect = candidateCorrect
    self.referenceCorrect = referenceCorrect
  }
}

/// A histogram over equal bins of [0, 1].
package struct Distribution: Hashable, Sendable, Codable {
  /// Such as `confidence in the true class`.
  package let quantity: String
  package let role: Role
  /// Which records, such as `forget set` or `held-out records of the person`.
  package let records: String
  /// Records per bin; the last bin includes 1.
  package let counts: [Int]

  package init(quantity: String, role: Role, records: String, counts: [Int]) {
    self.quantity = quantity
    self.role = role
    self.records = records
    self.counts = counts
  }
}

/// Whether a tensor of the candidate differs from the original's.
package struct TensorChange: Hashable, Sendable, Codable {
  package let name: String
  package let part: Part
  package let elementCount: Int
  /// How many elements differ in any bit.
  package let changedCount: Int
  /// ‖candidate − original‖₂ / ‖original‖₂; nil when the original is zero.
  package let relativeChangePartsPerMillion: Int?

  /// What kind of tensor it is; running statistics are buffers.
  package enum Part: String, Hashable, Sendable, Codable {
    case extractorParameter, extractorBuffer, classifierParameter
  }

  package init(
    name: String, part: Part, elementCount: Int, changedCount: Int,
    relativeChangePartsPerMillion: Int?
  ) {
    self.name = name
    self.part = part
    self.elementCount = elementCount
    self.changedCount = changedCount
    self.relativeChangePartsPerMillion = relativeChangePartsPerMillion
  }
}
