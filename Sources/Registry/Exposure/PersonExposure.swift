package import Records

/// What a version holds of a person, and why.
package struct PersonExposure: Hashable, Sendable {
  package let extractor: PartExposure
  package let classifier: PartExposure

  package var components: ComponentExposure {
    ComponentExposure(extractor: extractor.exposure, classifier: classifier.exposure)
  }

  package var overall: Exposure { components.overall }

  /// Whether everything either part was trained on is known; otherwise it is exposed to everybody.
  package var isKnown: Bool { extractor.isKnown && classifier.isKnown }

  /// The person's records that either part was trained on.
  package var records: [Digest: RecordSelection] {
    extractor.records.merging(classifier.records) { $0.union($1) }
  }

  /// Follows the steps from a first version, the oldest first, to the one asked about.
  ///
  /// The person is given as records by the digest of the manifest they are in.
  ///
  /// - Precondition: each step is the parent of the next; there is at least one.
  package init(
    following steps: [LineageStep], person: [Digest: RecordSelection],
    countingOwnCertificates: Bool = true
  ) {
    precondition(!steps.isEmpty, "a version to ask about")
    var extractor = PartExposure.untrained
    var classifier = PartExposure.untrained
    for (index, step) in steps.enumerated() {
      let (lineage, hasParent) = (step.lineage, step.lineage.parent != nil)
      extractor = extractor.after(
        lineage.extractor, origin: lineage.origin, hasParent: hasParent, person: person)
      classifier = classifier.after(
        lineage.classifier, origin: lineage.origin, hasParent: hasParent, person: person)
      if countingOwnCertificates || index < steps.count - 1 {
        extractor = extractor.certified(by: step.certificates)
        classifier = classifier.certified(by: step.certificates)
      }
    }
    self.extractor = extractor
    self.classifier = classifier
  }
}
