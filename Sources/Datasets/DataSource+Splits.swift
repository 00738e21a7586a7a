package import Records

extension DataSource {
  private static let testFilesSetting = "test-files"

  /// A source whose training files and test files are known apart.
  package init(
    format: String, training: [String], test: [String], settings: [String: String] = [:]
  ) {
    var settings = settings
    settings[Self.testFilesSetting] = test.isEmpty ? nil : String(test.count)
    self.init(format: format, files: training + test, settings: settings)
  }

  /// How many of the files, the last ones, hold test records.
  private var testFileCount: Int {
    let count = settings?[Self.testFilesSetting].flatMap { Int($0) } ?? 0
    return max(0, min(count, files.count))
  }

  /// The files that hold training records.
  var trainingFiles: [String] { Array(files.dropLast(testFileCount)) }

  /// The files that hold test records.
  var testFiles: [String] { Array(files.suffix(testFileCount)) }

  /// The files of both splits, training before test.
  var filesBySplit: [(split: Split, files: [String])] {
    [(.training, trainingFiles), (.test, testFiles)].filter { !$0.files.isEmpty }
  }
}
