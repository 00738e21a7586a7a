package import Records

/// What one model answers over every split of an examination.
package struct ModelPredictions: Hashable, Sendable {
  package let forget: Predictions
  /// The training records that stay; nil when they are not at hand.
  package let retain: Predictions?
  /// Test records of the person; may be empty.
  package let heldOut: Predictions
  /// Test records of everybody else.
  package let test: Predictions

  package init(
    forget: Predictions, retain: Predictions?, heldOut: Predictions, test: Predictions
  ) {
    self.forget = forget
    self.retain = retain
    self.heldOut = heldOut
    self.test = test
  }
}

/// All that the checks and the judge may know.
package struct Observations: Sendable {
  package let candidate: ModelPredictions
  package let original: ModelPredictions
  package let references: [ModelPredictions]
  /// Candidate against original.
  package let tensors: [TensorChange]
  package let provenance: Provenance

  package init(
    candidate: ModelPredictions, original: ModelPredictions, references: [ModelPredictions],
    tensors: [TensorChange], provenance: Provenance
  ) {
    self.candidate = candidate
    self.original = original
    self.references = references
    self.tensors = tensors
    self.provenance = provenance
  }
}

extension Observations {
  package var classCount: Int { original.test.classCount }

  /// Whether the request takes whole classes away: no record that stays, and no test record of
  /// another person, has a label of the forget set.
  ///
  /// A model that never saw the person then never answers those classes; for other requests it
  /// answers them as well as it answers records it has not seen.
  package var forgetsWholeClasses: Bool {
    let staying = Set(original.test.labels).union(original.retain?.labels ?? [])
    return staying.isDisjoint(with: original.forget.labels)
  }

  /// Records the model was not trained on, to compare the forget set with: those of the person, or,
  /// when there are none, other people's test records with the labels of the forget set.
  package func nonMemberSignals(of model: ModelPredictions) -> [Double] {
    guard model.heldOut.count == 0 else { return model.heldOut.signals }
    let labels = Set(model.forget.labels)
    return zip(model.test.labels, model.test.signals).filter { labels.contains($0.0) }.map(\.1)
  }

  package var nonMembersArePersons: Bool { original.heldOut.count > 0 }

  /// Whether the parent's weights are in the candidate's extractor, bit by bit, buffers included.
  package var isExtractorUnchanged: Bool {
    let extractor = tensors.filter { $0.part != .classifierParameter }
    return !extractor.isEmpty && extractor.allSatisfy { $0.changedCount == 0 }
  }

  package var isNothingChanged: Bool { tensors.allSatisfy { $0.changedCount == 0 } }

  /// Whether the candidate never saw the person, by its manifest, and its bytes do not say
  /// otherwise: the exact route.
  package var isExact: Bool {
    provenance.candidate.overall == .clear && !keepsExposedExtractor
  }

  /// Whether the candidate's extractor is the very one that was trained on the person.
  package var keepsExposedExtractor: Bool {
    isExtractorUnchanged && provenance.original.extractor != .clear
  }

  /// The same battery for the original in the candidate's place: a control that must fail.
  package var judgingOriginal: Observations {
    Observations(
      candidate: original, original: original, references: references, tensors: [],
      provenance: provenance.of(candidate: provenance.original))
  }

  /// The same battery for a reference, against the other references: a control that must not fail.
  package func judgingReference(_ index: Int) -> Observations {
    var others = references
    let model = others.remove(at: index)
    return Observations(
      candidate: model, original: original, references: others, tensors: [],
      provenance: provenance.of(candidate: .init(extractor: .clear, classifier: .clear)))
  }
}

extension Provenance {
  fileprivate func of(candidate: ComponentExposure) -> Provenance {
    Provenance(
      candidate: candidate, original: original, origin: origin, coveredRecords: coveredRecords,
      requestedRecords: requestedRecords, usesRetainSet: usesRetainSet,
      isTunedOnEvidence: isTunedOnEvidence)
  }
}
