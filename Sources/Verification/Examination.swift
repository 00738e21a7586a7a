package import NeuralNetworks
package import Records

/// The models and records of one act of judging; networks come from the bytes that were stored.
package struct Examination: Sendable {
  package let original: Network
  package let candidate: Network
  /// Models retrained without the person, by seeds the candidate does not share.
  package let references: [Network]
  /// The person's training records.
  package let forget: Examples
  /// The training records that stay; nil when they are not at hand.
  package let retain: Examples?
  /// Test records of the person; may be empty.
  package let heldOut: Examples
  /// Test records of everybody else.
  package let test: Examples
  package let provenance: Provenance
  /// How many workers; results do not depend on it.
  package let threads: Int

  package init(
    original: Network, candidate: Network, references: [Network], forget: Examples,
    retain: Examples?, heldOut: Examples, test: Examples, provenance: Provenance, threads: Int
  ) {
    self.original = original
    self.candidate = candidate
    self.references = references
    self.forget = forget
    self.retain = retain
    self.heldOut = heldOut
    self.test = test
    self.provenance = provenance
    self.threads = threads
  }
}

/// Measures the candidate beside the original and the references, and judges it by a policy.
///
/// Every model reads every split once. Throwing from `progress` cancels.
///
/// - Throws: `VerificationError` naming what does not fit, `NetworkError` when records do not fit a
///   network, and what `progress` throws.
package func examine(
  _ examination: Examination, policy: Policy,
  progress: (ExaminationProgress) throws -> Void = { _ in }
) throws -> (evidence: Evidence, judgement: Judgement, notAssessed: [String]) {
  try PolicyReader.validate(policy)
  let observations = try examination.observe(progress: progress)
  return try assess(
    observations, labelNames: examination.original.configuration.labelNames, policy: policy,
    progress: progress)
}

extension Examination {
  /// Records a network reads between two reports of progress.
  ///
  /// Fixed: the last bits of an output may depend on the place of its record in a chunk.
  private static let chunkLength = 1_024

  /// Runs every model over every split.
  package func observe(
    progress: (ExaminationProgress) throws -> Void = { _ in }
  ) throws -> Observations {
    guard forget.count > 0 else { throw VerificationError.emptyForgetSet }
    guard test.count > 0 else { throw VerificationError.emptyTestSet }
    guard forget.count == provenance.requestedRecords else {
      throw VerificationError.forgetSetMismatch(
        examined: forget.count, requested: provenance.requestedRecords)
    }
    let changes = try TensorChange.all(from: original, to: candidate)
    let models =
      [(Role.original, original), (.candidate, candidate)] + references.map { (.reference, $0) }
    var answers: [ModelPredictions] = []
    for (index, (role, model)) in models.enumerated() {
      answers.append(
        try predictions(of: model, role) {
          try progress(
            .init(what: "outputs of the \(role.rawValue)", completed: index, total: models.count))
        })
    }
    return Observations(
      candidate: answers[1], original: answers[0], references: Array(answers.dropFirst(2)),
      tensors: changes, provenance: provenance)
  }

  private func predictions(
    of model: Network, _ role: Role, _ tick: () throws -> Void
  ) throws -> ModelPredictions {
    let classCount = model.configuration.classCount
    guard classCount == original.configuration.classCount else {
      throw VerificationError.differentClasses(
        role: role, found: classCount, expected: original.configuration.classCount)
    }
    func answers(_ examples: Examples, _ records: String) throws -> Predictions {
      var logits: [Float] = []
      if examples.count > 0 { try model.check(examples) }
      for start in stride(from: 0, to: examples.count, by: Self.chunkLength) {
        try tick()
        let end = min(examples.count, start + Self.chunkLength)
        let chunk = examples.inputs.selectingRows(Array(start..<end))
        logits += model.logits(of: chunk, threads: threads).values
      }
      return try Predictions(
        logits: logits, classCount: classCount, labels: examples.labels, role: role,
        records: records)
    }
    return ModelPredictions(
      forget: try answers(forget, Phrase.forget),
      retain: try retain.map { try answers($0, Phrase.retain) },
      heldOut: try answers(heldOut, Phrase.heldOut), test: try answers(test, Phrase.test))
  }
}
