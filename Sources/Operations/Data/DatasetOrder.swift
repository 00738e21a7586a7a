/// What `dataset add` is asked to read; what is nil takes its default.
package struct DatasetOrder: Sendable {
  package var name: String
  /// Such as `idx`; nil is the format of that name, else `ts`.
  package var format: String?
  package var training: [String] = []
  package var test: [String] = []
  /// A folder in which the format finds its files by their usual names.
  package var folder: String?
  /// The key under which a class is a person.
  package var subjectKey: String?
  /// A list of whom records are about.
  package var subjectsPath: String?
  /// The size pictures are brought to, such as `32x32`.
  package var size: String?

  package init(name: String) { self.name = name }
}
