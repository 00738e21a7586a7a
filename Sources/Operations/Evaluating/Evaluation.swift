package import Records
import Verification

/// How well a version names the classes of a data set's records.
package struct Evaluation: Sendable, Encodable {
  /// Records named rightly, of how many, with the interval of Clopper and Pearson at 95 %.
  package struct Accuracy: Sendable, Encodable {
    package let recordCount: Int
    package let correct: Int
    /// nil without records.
    package let accuracyPartsPerMillion: Int?
    package let lowPartsPerMillion: Int
    package let highPartsPerMillion: Int

    init(correct: Int, of recordCount: Int) {
      self.recordCount = recordCount
      self.correct = correct
      let interval = ClopperPearson.interval(successes: correct, trials: recordCount)
      accuracyPartsPerMillion =
        recordCount == 0 ? nil : Self.parts(Double(correct) / Double(recordCount))
      lowPartsPerMillion = Self.parts(interval.low)
      highPartsPerMillion = Self.parts(interval.high)
    }

    private static func parts(_ share: Double) -> Int { Int((share * 1e6).rounded()) }
  }

  /// The records of one class.
  package struct OfClass: Sendable, Encodable {
    package let label: Int
    package let name: String
    package let accuracy: Accuracy
  }

  package let version: String
  package let weights: Digest
  package let dataset: String
  package let root: Digest
  package let split: Split
  package let accuracy: Accuracy
  /// Every class of the data set, by label.
  package let classes: [OfClass]
  /// How many of the records the version, or an ancestor whose weights it began with, was trained
  /// on; nil when that is not known.
  package let trainedOnCount: Int?
  /// The files that were written.
  package let files: [String]
}
