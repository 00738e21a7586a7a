/// A verdict and what it rests on.
package struct Judgement: Hashable, Sendable, Codable {
  package let verdict: Verdict
  /// Why it cannot be better, such as `output suppression; representation unchanged`.
  package let caps: [String]
  /// What decided it, a sentence each.
  package let reasons: [String]

  package init(verdict: Verdict, caps: [String], reasons: [String]) {
    self.verdict = verdict
    self.caps = caps
    self.reasons = reasons
  }
}

/// What the records of the registry, not measurements, say of a candidate.
package struct Provenance: Hashable, Sendable, Codable {
  /// Exposure of the candidate's parts by lineage alone, before any certificate of its own.
  package let candidate: ComponentExposure
  /// Exposure of the version it was made from.
  package let original: ComponentExposure
  /// Where the candidate's weights started: `scratch` is retraining.
  package let origin: Origin
  /// How many of the requested records were in reach of the method with a weight other than zero.
  package let coveredRecords: Int
  package let requestedRecords: Int
  /// Whether the method read records that stay.
  package let usesRetainSet: Bool
  /// Whether constants were chosen on the figures that certify.
  package let isTunedOnEvidence: Bool

  package init(
    candidate: ComponentExposure, original: ComponentExposure, origin: Origin, coveredRecords: Int,
    requestedRecords: Int, usesRetainSet: Bool, isTunedOnEvidence: Bool
  ) {
    self.candidate = candidate
    self.original = original
    self.origin = origin
    self.coveredRecords = coveredRecords
    self.requestedRecords = requestedRecords
    self.usesRetainSet = usesRetainSet
    self.isTunedOnEvidence = isTunedOnEvidence
  }
}
