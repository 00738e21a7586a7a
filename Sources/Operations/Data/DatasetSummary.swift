package import Records

/// A data set as the command line shows it.
package struct DatasetSummary: Sendable {
  /// What is sealed of a data set.
  package struct Contents: Sendable {
    package let format: String
    package let inputShape: [Int]
    package let labelNames: [String]
    package let trainingRecords: Int
    package let testRecords: Int
    /// What a selector can use, with the values there are, up to 20 of each.
    package let selectorKeys: [String: [String]]
  }

  package let name: String
  /// The root of its tree of salted leaves, which is its name in the log.
  package let root: Digest
  package let addedAt: String
  /// Of all splits, as the log has it.
  package let records: Int
  /// Nil where it cannot be opened, so that nothing of it is known.
  package let contents: Contents?
}

extension DatasetSummary: Encodable {
  private enum CodingKeys: CodingKey {
    case name, format, root, addedAt, records, inputShape, labelNames, trainingRecords
    case testRecords, selectorKeys
  }

  /// Writes null for what is not known: a number or an empty list would be an answer.
  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(name, forKey: .name)
    try object.encode(root, forKey: .root)
    try object.encode(addedAt, forKey: .addedAt)
    try object.encode(records, forKey: .records)
    try object.encode(contents?.format, forKey: .format)
    try object.encode(contents?.inputShape, forKey: .inputShape)
    try object.encode(contents?.labelNames, forKey: .labelNames)
    try object.encode(contents?.trainingRecords, forKey: .trainingRecords)
    try object.encode(contents?.testRecords, forKey: .testRecords)
    try object.encode(contents?.selectorKeys, forKey: .selectorKeys)
  }
}
