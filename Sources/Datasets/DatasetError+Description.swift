extension DatasetError: CustomStringConvertible {
  /// One lower-case sentence that names the thing and the value, and proposes the next move.
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
    case .damaged(let file, let offset, let reason):
      "'\(Quoted.text(file, limit: 1000))' is wrong at byte \(offset): \(reason)"
    case .changed(let dataset, let record, let reason):
      "data set '\(Quoted.text(dataset))' is not what it was when it was added: record "
        + "'\(Quoted.text(record))' \(reason); restore the data or add it under another name"
    case .noSuchPosition(let position, let count):
      "no record at position \(position); the data set has \(count) records"
    case .noFrames: "no frames to take statistics of; select at least one record"
    case .unknownKey(let key, let known, let nearest):
      "no record has a key '\(Quoted.text(key))'; the keys are \(Quoted.list(known))"
        + proposal(nearest)
    case .unknownValue(let key, let value, let known, let count, let nearest):
      "no record has \(Quoted.text(key))=\(Quoted.text(value)); "
        + "\(Quoted.text(key)) can be \(Quoted.list(known))"
        + (count > known.count ? " and \(count - known.count) more" : "") + proposal(nearest)
    case .ambiguousClass(let text, let named, let numbered):
      "class=\(Quoted.text(text)) is the name of class \(named) and the number of class "
        + "\(numbered); write class=name:\(Quoted.text(text)) or class=label:\(numbered)"
    case .nothingMatches(let selector, let dataset, let keys):
      "no record of data set '\(Quoted.text(dataset))' matches all of "
        + "'\(Quoted.text(selector))', though each value exists; drop a term (the keys are \(Quoted.list(keys)))"
    case .testRecordsOnly(let selector, let dataset, let count, let keys):
      "'\(Quoted.text(selector))' matches test records only (\(count) of data set "
        + "'\(Quoted.text(dataset))'), which no model was trained on: there is nothing to forget "
        + "(the keys are \(Quoted.list(keys)))"
    }
  }

  private func proposal(_ nearest: String?) -> String {
    nearest.map { "; did you mean '\(Quoted.text($0))'?" } ?? ""
  }
}
