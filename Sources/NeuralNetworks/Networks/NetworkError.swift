/// Why a network cannot be made or run.
package enum NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  case matrixLibraryMissing(String)
  case unknownArchitecture(String, known: [String])
  /// What in the configuration cannot be, as one clause.
  case invalidConfiguration(String)
  /// Names of tensors, and for the misshapen what was found and what was expected.
  case stateMismatch(missing: [String], unexpected: [String], misshapen: [String])
  /// Extents without the number of records.
  case inputShape(found: [Int], expected: [Int])
  case labelOutOfRange(Int, record: Int, classCount: Int)
  /// What in the settings of training cannot be, as one clause.
  case invalidSettings(String)

  package var description: String {
    switch self {
    case .matrixLibraryMissing(let reason):
      "the matrix library OpenBLAS is missing: \(reason); install the package libopenblas0"
    case .unknownArchitecture(let name, let known):
      "no architecture is called '\(name)'; there are \(known.joined(separator: ", "))"
    case .invalidConfiguration(let reason): "the network's configuration is wrong: \(reason)"
    case .stateMismatch(let missing, let unexpected, let misshapen):
      "the tensors are not this architecture's: "
        + [("missing", missing), ("unexpected", unexpected), ("misshapen", misshapen)]
        .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))" }
        .joined(separator: "; ")
    case .inputShape(let found, let expected):
      "inputs have the shape \(found), the network takes \(expected)"
    case .labelOutOfRange(let label, let record, let classCount):
      "record \(record) has the label \(label), the network knows 0 to \(classCount - 1)"
    case .invalidSettings(let reason): "the settings of training are wrong: \(reason)"
    }
  }
}
