package import Records

/// Reads one format of data; a reader is one small file and a line in `Formats.all`.
package protocol DatasetReader: Sendable {
  /// The name people give, such as `ts`.
  static var format: String { get }
  /// One line for a list of formats.
  static var summary: String { get }

  /// Reads everything there is.
  ///
  /// - Throws: `DatasetError` naming the file, the line or byte and what is wrong.
  static func read(_ options: ReadingOptions) throws(DatasetError) -> Reading

  /// The files the format usually has in a folder, found by their names.
  ///
  /// - Throws: `DatasetError.unusableSource` for a format without usual names, or a folder without
  ///   such files.
  static func files(
    in folder: String
  ) throws(DatasetError) -> (training: [String], test: [String])
}

extension DatasetReader {
  package static func files(
    in folder: String
  ) throws(DatasetError) -> (training: [String], test: [String]) {
    throw .unusableSource(format: format, reason: "its files have no usual names: name them")
  }

  /// The format refuses what it was given.
  static func unusable(_ reason: String) -> DatasetError {
    .unusableSource(format: format, reason: reason)
  }
}

/// What a reader is asked to read.
package struct ReadingOptions: Hashable, Sendable {
  package let source: DataSource
  /// The key under which the class itself names the subject, such as `pid` for speakers.
  package let subjectKey: String?

  package init(source: DataSource, subjectKey: String? = nil) {
    self.source = source
    self.subjectKey = subjectKey
  }
}

/// Every format that can be read.
package enum Formats {
  package static let all: [any DatasetReader.Type] = [
    JapaneseVowelsReader.self,
    TSReader.self,
    IDXReader.self,
    CIFAR10Reader.self,
    CIFAR100Reader.self,
    FolderReader.self,
  ]

  /// The reader of a format.
  ///
  /// - Throws: `DatasetError.unknownFormat`, which lists the formats there are.
  package static func reader(of format: String) throws(DatasetError) -> any DatasetReader.Type {
    guard let reader = all.first(where: { $0.format == format }) else {
      throw .unknownFormat(format, known: all.map { $0.format })
    }
    return reader
  }
}
