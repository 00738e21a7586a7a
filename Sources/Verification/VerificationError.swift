package import Records

/// Why an examination cannot be made, or a policy not be used.
package enum VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
  case emptyForgetSet
  case emptyTestSet
  case forgetSetMismatch(examined: Int, requested: Int)
  case differentClasses(role: Role, found: Int, expected: Int)
  case differentTensors(name: String)
  case labelOutOfRange(records: String, index: Int, label: Int, classCount: Int)
  case notFinite(role: Role, records: String, index: Int)
  case fewerThanTwoClasses(Int)
  case policy(name: String, reason: String)

  package var description: String {
    switch self {
    case .emptyForgetSet:
      "the forget set has no records: choose a subject that has training records"
    case .emptyTestSet:
      "there are no test records of other people: without them the usefulness of the model "
        + "cannot be judged"
    case .forgetSetMismatch(let examined, let requested):
      "\(examined) forget records are examined, but the request covers \(requested): pass exactly "
        + "the records of the request"
    case .differentClasses(let role, let found, let expected):
      "the \(role.rawValue) answers \(found) classes, the original \(expected): compare models of "
        + "the same configuration"
    case .differentTensors(let name):
      "tensor '\(name)' is not the same in shape in the candidate and the original: compare models "
        + "of the same configuration"
    case .labelOutOfRange(let records, let index, let label, let classCount):
      "\(records), record \(index): label \(label) is not below the \(classCount) classes of the "
        + "model"
    case .notFinite(let role, let records, let index):
      "the \(role.rawValue) gives a number that is not finite for \(records), record \(index): its "
        + "weights are not usable"
    case .fewerThanTwoClasses(let count):
      "a model of \(count) classes cannot be examined: two are needed"
    case .policy(let name, let reason): "policy '\(name)': \(reason)"
    }
  }
}
