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
  /// A file of bytes that is wrong at an offset, which counts inflated bytes where it is gzip'd.
  case damaged(file: String, offset: Int, reason: String)
  /// The data no longer gives the manifest; `record` is the first that differs.
  case changed(dataset: String, record: String, reason: String)
  /// A position outside the manifest.
  case noSuchPosition(Int, recordCount: Int)
  /// Statistics of no frames.
  case noFrames

  /// A selector's key that no record has.
  case unknownKey(String, known: [String], nearest: String?)
  /// A selector's value that no record has; `known` holds the first of `knownCount` values.
  case unknownValue(
    key: String, value: String, known: [String], knownCount: Int, nearest: String?)
  /// A class given by a text that names one class and numbers another.
  case ambiguousClass(String, named: Int, numbered: Int)
  /// Every value of the selector exists, but no record has them together.
  case nothingMatches(selector: String, dataset: String, keys: [String])
  /// The selector's records are all of the test split: there is nothing to forget.
  case testRecordsOnly(selector: String, dataset: String, recordCount: Int, keys: [String])
}
