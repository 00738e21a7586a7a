package import NeuralNetworks
import Records

/// What candidates are held against: the original and the references, whose answers are made once
/// for any number of candidates.
package struct Comparison: Sendable {
  package let original: Network
  package let records: ExaminedRecords
  let answersOfOriginal: ModelPredictions
  let answersOfReferences: [ModelPredictions]

  /// Has the original and the references read every split once.
  ///
  /// References are models retrained without the person, by seeds that no candidate shares. Throwing
  /// from `progress` cancels.
  ///
  /// - Throws: `VerificationError` naming what does not fit, `NetworkError` when records do not fit a
  ///   network, and what reading the records or `progress` throws.
  package init(
    original: Network, references: [Network], records: ExaminedRecords, threads: Int,
    progress: (ExaminationProgress) throws -> Void = { _ in }
  ) throws {
    guard records.forget.count > 0 else { throw VerificationError.emptyForgetSet }
    guard records.test.count > 0 else { throw VerificationError.emptyTestSet }
    self.original = original
    self.records = records
    let models = [(Role.original, original)] + references.map { (.reference, $0) }
    var answers: [ModelPredictions] = []
    for (index, (role, model)) in models.enumerated() {
      try Self.check(model, role, against: original)
      answers.append(
        try records.predictions(of: model, role, threads: threads) {
          try progress(
            .init(what: "outputs of the \(role.rawValue)", completed: index, total: models.count))
        })
    }
    answersOfOriginal = answers[0]
    answersOfReferences = Array(answers.dropFirst())
  }

  static func check(
    _ model: Network, _ role: Role, against original: Network
  ) throws(VerificationError) {
    let (found, expected) = (model.configuration.classCount, original.configuration.classCount)
    guard found == expected else {
      throw .differentClasses(role: role, found: found, expected: expected)
    }
  }
}
