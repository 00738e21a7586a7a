/// Why data cannot be read, or a selector has no records.
package enum DatasetError: Error, Hashable, Sendable {
  /// No reader has that name.
  case unknownFormat(String, known: [String])
  /// The reader was given files or options it cannot use.
  case unusableSource(format: String, reason: String)
  /// A file that cannot be opened, is no plain file, or is too large.
  case unreadable(file: String, reason: String)
  /// A file whose text is wrong at a line, counted from 1.
  case malformed(file: String, line: Int, reason: String)
  /// The data no longer gives the manifest; `record` is the first that differs.
  case changed(dataset: String, record: String, reason: String)
  /// A position outside the manifest.
  case noSuchPosition(Int, recordCount: Int)
  /// Statistics of no frames.
  case noFrames

  /// A selector's key that no record has.
  case unknownKey(String, known: [String], nearest: String?)
  /// A selector's value that no record has; `known` holds the first of `knownCount` values.
  case unknownValue(key: String, value: String, known: [String], knownCount: Int)
  /// A class given by a text that names one class and numbers another.
  case ambiguousClass(String, named: Int, numbered: Int)
  /// Every value of the selector exists, but no record has them together.
  case nothingMatches(selector: String, dataset: String)
  /// The selector's records are all of the test split: there is nothing to forget.
  case testRecordsOnly(selector: String, dataset: String, recordCount: Int)
}

extension DatasetError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownFormat(let name, let known):
      "no reader for format '\(Quoted.text(name))'; use \(Quoted.list(known))"
    case .unusableSource(let format, let reason):
      "cannot read a data set of format '\(Quoted.text(format))': \(reason)"
    case .unreadable(let file, let reason):
      "cannot read '\(Quoted.text(file, limit: 1000))': \(reason)"
    case .malformed(let file, let line, let reason):
      "\(Quoted.text(file, limit: 1000)):\(line): \(reason)"
    case .changed(let dataset, let record, let reason):
      "data set '\(Quoted.text(dataset))' is not what it was when it was added: record "
        + "'\(Quoted.text(record))' \(reason); restore the data or add it under another name"
    case .noSuchPosition(let position, let count):
      "no record at position \(position); the data set has \(count) records"
    case .noFrames: "no frames to take statistics of; select at least one record"
    default: selectorDescription
    }
  }

  private var selectorDescription: String {
    switch self {
    case .unknownKey(let key, let known, let nearest):
      "no record has a key '\(Quoted.text(key))'; the keys are \(Quoted.list(known))"
        + (nearest.map { "; did you mean '\(Quoted.text($0))'?" } ?? "")
    case .unknownValue(let key, let value, let known, let count):
      "no record has \(Quoted.text(key))=\(Quoted.text(value)); "
        + "\(Quoted.text(key)) can be \(Quoted.list(known))"
        + (count > known.count ? " and \(count - known.count) more" : "")
    case .ambiguousClass(let text, let named, let numbered):
      "class=\(Quoted.text(text)) is the name of class \(named) and the number of class "
        + "\(numbered); write class=name:\(Quoted.text(text)) or class=label:\(numbered)"
    case .nothingMatches(let selector, let dataset):
      "no record of data set '\(Quoted.text(dataset))' matches all of "
        + "'\(Quoted.text(selector))', though each value exists; drop a term"
    case .testRecordsOnly(let selector, let dataset, let count):
      "'\(Quoted.text(selector))' matches test records only (\(count) of data set "
        + "'\(Quoted.text(dataset))'), which no model was trained on: there is nothing to forget"
    default: ""
    }
  }
}
