/// What a version, or a part of it, holds of a person.
package enum Exposure: String, Hashable, Sendable, Codable, Comparable, CaseIterable {
  /// It never saw the person, or a PASS stands between.
  case clear
  /// A certificate with verdict WARN stands between.
  case mitigated
  /// Trained on the person's records, or unknown, and no certificate stands between.
  case exposed

  private var rank: Int {
    switch self {
    case .clear: 0
    case .mitigated: 1
    case .exposed: 2
    }
  }

  package static func < (left: Exposure, right: Exposure) -> Bool { left.rank < right.rank }
}

/// The exposure of both parts of a network, which can differ.
package struct ComponentExposure: Hashable, Sendable, Codable {
  package let extractor: Exposure
  package let classifier: Exposure

  package init(extractor: Exposure, classifier: Exposure) {
    self.extractor = extractor
    self.classifier = classifier
  }

  /// The worse of the two.
  package var overall: Exposure { max(extractor, classifier) }
}
