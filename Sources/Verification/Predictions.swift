import Glibc
package import Records

/// What one network answers over some records; every check reads these, not the network.
package struct Predictions: Hashable, Sendable {
  package let classCount: Int
  package let labels: [Int]
  /// Softmax outputs [records, classes], in Double.
  package let probabilities: [Double]
  /// The class with the greatest output; the first of equals.
  package let answers: [Int]
  /// The attack signal, fixed in advance: φ = log p_y − log Σ_{k≠y} p_k.
  ///
  /// Carlini and others, 2022; computed from logits in Double so that nothing saturates.
  package let signals: [Double]

  package var count: Int { labels.count }

  /// Reads logits [records, classes] in row order.
  ///
  /// - Throws: `VerificationError` naming the record whose output is not finite or whose label is
  ///   not a class.
  package init(
    logits: [Float], classCount: Int, labels: [Int], role: Role, records: String
  ) throws(VerificationError) {
    precondition(logits.count == labels.count * classCount, "logits of another shape")
    guard classCount >= 2 else { throw .fewerThanTwoClasses(classCount) }
    var probabilities: [Double] = []
    var answers: [Int] = []
    var signals: [Double] = []
    probabilities.reserveCapacity(logits.count)
    for (index, label) in labels.enumerated() {
      guard (0..<classCount).contains(label) else {
        throw .labelOutOfRange(
          records: records, index: index, label: label, classCount: classCount)
      }
      let row = logits[index * classCount..<(index + 1) * classCount].map(Double.init)
      guard row.allSatisfy(\.isFinite) else {
        throw .notFinite(role: role, records: records, index: index)
      }
      let total = Self.logSumOfExponentials(row)
      probabilities += row.map { exp($0 - total) }
      answers.append(row.indices.dropFirst().reduce(0) { row[$1] > row[$0] ? $1 : $0 })
      var others = row
      others.remove(at: label)
      signals.append(row[label] - Self.logSumOfExponentials(others))
    }
    self.classCount = classCount
    self.labels = labels
    self.probabilities = probabilities
    self.answers = answers
    self.signals = signals
  }

  private static func logSumOfExponentials(_ row: [Double]) -> Double {
    let greatest = row.max() ?? 0
    return greatest + log(row.reduce(0) { $0 + exp($1 - greatest) })
  }
}

extension Predictions {
  /// Whether each answer is the record's label.
  package var correct: [Bool] { zip(answers, labels).map { $0 == $1 } }

  package var correctCount: Int { zip(answers, labels).count { $0 == $1 } }

  /// p_y of each record.
  package var confidences: [Double] {
    labels.indices.map { probabilities[$0 * classCount + labels[$0]] }
  }

  /// The softmax outputs of one record.
  package func distribution(_ index: Int) -> ArraySlice<Double> {
    probabilities[index * classCount..<(index + 1) * classCount]
  }

  /// The outputs for one class, a number a record.
  package func outputs(of label: Int) -> [Double] {
    labels.indices.map { probabilities[$0 * classCount + label] }
  }
}
