package import NeuralNetworks
import Records

/// The records of one act of judging.
package struct ExaminedRecords: Sendable {
  /// The person's training records.
  package let forget: any ExampleSource
  /// The training records that stay; nil when they are not at hand.
  package let retain: (any ExampleSource)?
  /// Test records of the person; may be empty.
  package let heldOut: any ExampleSource
  /// Test records of everybody else.
  package let test: any ExampleSource

  package init(
    forget: any ExampleSource, retain: (any ExampleSource)?, heldOut: any ExampleSource,
    test: any ExampleSource
  ) {
    self.forget = forget
    self.retain = retain
    self.heldOut = heldOut
    self.test = test
  }
}

extension ExaminedRecords {
  /// What a network answers over every split; throwing from `tick`, which is called often, cancels.
  ///
  /// - Throws: `VerificationError` naming an output that cannot be judged, `NetworkError` when records
  ///   do not fit the network, and what reading the records or `tick` throws.
  func predictions(
    of model: Network, _ role: Role, threads: Int, tick: () throws -> Void
  ) throws -> ModelPredictions {
    func answers(_ examples: any ExampleSource, _ records: String) throws -> Predictions {
      var logits: [Float] = []
      if examples.count > 0 { try model.check(examples) }
      for chunk in examples.chunks {
        try tick()
        let features = try examples.features(at: chunk, by: model, threads: threads)
        logits += model.classifier.logits(of: features).values
      }
      return try Predictions(
        logits: logits, classCount: model.configuration.classCount, labels: examples.labels,
        role: role, records: records)
    }
    return ModelPredictions(
      forget: try answers(forget, Phrase.forget),
      retain: try retain.map { try answers($0, Phrase.retain) },
      heldOut: try answers(heldOut, Phrase.heldOut), test: try answers(test, Phrase.test))
  }
}
