package import NeuralNetworks
package import Records

/// One candidate before the judge; networks come from the bytes that were stored.
package struct Examination: Sendable {
  package let comparison: Comparison
  package let candidate: Network
  package let provenance: Provenance
  /// How many workers; results do not depend on it.
  package let threads: Int

  package init(
    of candidate: Network, against comparison: Comparison, provenance: Provenance, threads: Int
  ) {
    self.comparison = comparison
    self.candidate = candidate
    self.provenance = provenance
    self.threads = threads
  }
}

/// Measures the candidate beside the original and the references, and judges it by a policy.
///
/// Every model reads every split once. Throwing from `progress` cancels.
///
/// - Throws: `VerificationError` naming what does not fit, `NetworkError` when records do not fit a
///   network, and what reading the records or `progress` throws.
package func examine(
  _ examination: Examination, policy: Policy,
  progress: (ExaminationProgress) throws -> Void = { _ in }
) throws -> (evidence: Evidence, judgement: Judgement, notAssessed: [String]) {
  try PolicyReader.validate(policy)
  let observations = try examination.observe(progress: progress)
  return try assess(
    observations, labelNames: examination.comparison.original.configuration.labelNames,
    policy: policy, progress: progress)
}

extension Examination {
  /// Has the candidate read every split, and compares its tensors with the original's.
  package func observe(
    progress: (ExaminationProgress) throws -> Void = { _ in }
  ) throws -> Observations {
    let (original, records) = (comparison.original, comparison.records)
    guard records.forget.count == provenance.requestedRecords else {
      throw VerificationError.forgetSetMismatch(
        examined: records.forget.count, requested: provenance.requestedRecords)
    }
    try Comparison.check(candidate, .candidate, against: original)
    let changes = try TensorChange.all(from: original, to: candidate)
    let answers = try records.predictions(of: candidate, .candidate, threads: threads) {
      try progress(.init(what: "outputs of the candidate", completed: 0, total: 1))
    }
    return Observations(
      candidate: answers, original: comparison.answersOfOriginal,
      references: comparison.answersOfReferences, tensors: changes, provenance: provenance)
  }
}
