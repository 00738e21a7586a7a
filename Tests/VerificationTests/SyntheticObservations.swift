import Records

@testable import Verification

/// Models whose answers are set by hand: five classes, class 0 is the person's.
enum Synthetic {
  static let classCount = 5
  static let exposed = ComponentExposure(extractor: .exposed, classifier: .exposed)
  static let clear = ComponentExposure(extractor: .clear, classifier: .clear)

  /// Predictions with the given answers; φ varies a little by place, seeded by the salt.
  static func predictions(_ labels: [Int], _ answers: [Int], salt: Int = 0) -> Predictions {
    let logits = zip(labels, answers).enumerated().flatMap { index, pair in
      (0..<classCount).map { label -> Float in
        let noise = Float((index * 37 + label * 11 + salt * 17) % 101) / 101
        return label == pair.1 ? 4 + noise : noise
      }
    }
    do {
      return try Predictions(
        logits: logits, classCount: classCount, labels: labels, role: .candidate,
        records: "records")
    } catch { preconditionFailure("\(error)") }
  }

  /// A model that answers `correctForget` of the forget set and as many in proportion of the
  /// held-out records with class 0, and misses `missed` of the other people's test records.
  static func model(
    forget: Int = 30, heldOut: Int = 31, correctForget: Int, missed: Int = 2, salt: Int
  ) -> ModelPredictions {
    func person(_ count: Int, _ correct: Int) -> Predictions {
      predictions(
        [Int](repeating: 0, count: count), (0..<count).map { $0 < correct ? 0 : 1 + $0 % 4 },
        salt: salt)
    }
    func others(_ count: Int, _ missed: Int) -> Predictions {
      let labels = (0..<count).map { 1 + $0 % 4 }
      let answers = labels.enumerated().map { index, label in
        (index + salt * 5) % count < missed ? 1 + label % 4 : label
      }
      return predictions(labels, answers, salt: salt)
    }
    return ModelPredictions(
      forget: person(forget, correctForget), retain: others(240, 0),
      heldOut: person(heldOut, correctForget * heldOut / max(1, forget)),
      test: others(339, missed))
  }

  static func tensors(extractor: Int, classifier: Int) -> [TensorChange] {
    [
      TensorChange(
        name: "conv.weight", part: .extractorParameter, elementCount: 100,
        changedCount: extractor, relativeChangePartsPerMillion: extractor * 10),
      TensorChange(
        name: "bn.running_mean", part: .extractorBuffer, elementCount: 10, changedCount: 0,
        relativeChangePartsPerMillion: 0),
      TensorChange(
        name: "fc.bias", part: .classifierParameter, elementCount: 5, changedCount: classifier,
        relativeChangePartsPerMillion: classifier * 10),
    ]
  }

  static func provenance(
    _ candidate: ComponentExposure, covered: Int = 30, requested: Int = 30, tuned: Bool = false
  ) -> Provenance {
    Provenance(
      candidate: candidate, original: exposed,
      origin: candidate.overall == .clear ? .scratch : .parent, coveredRecords: covered,
      requestedRecords: requested, usesRetainSet: false, isTunedOnEvidence: tuned)
  }

  static func observations(
    candidate: ModelPredictions = model(correctForget: 0, salt: 1),
    original: ModelPredictions = model(correctForget: 30, salt: 2),
    references: [ModelPredictions] = [
      model(correctForget: 0, salt: 3), model(correctForget: 0, salt: 4),
    ],
    tensors: [TensorChange] = tensors(extractor: 100, classifier: 5),
    provenance: Provenance = provenance(exposed)
  ) -> Observations {
    Observations(
      candidate: candidate, original: original, references: references, tensors: tensors,
      provenance: provenance)
  }
}
