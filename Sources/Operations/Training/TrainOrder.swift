package import Records

/// What `train` is asked to do; what is nil takes its default.
package struct TrainOrder: Sendable {
  package var dataset: String
  /// The version whose weights training goes on from; nil begins from the seed.
  package var parent: String?
  package var architecture: String?
  package var only: Selector?
  package var without: Selector?
  /// The share of each class's records that is used.
  package var fractionPartsPerMillion: Int?
  package var freezesExtractor = false
  /// Choices and constants that replace the method's.
  package var choices: [String: String] = [:]
  package var constants: [String: Int] = [:]
  package var seed: UInt64 = 1
  /// An alias to move to the new version.
  package var alias: String?

  package init(dataset: String) { self.dataset = dataset }
}
